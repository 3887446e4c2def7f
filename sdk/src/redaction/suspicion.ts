/** Reads a text once and says what it may hold, so that most texts are written as they are and no pattern is tried in vain. */

/** Must be escaped in JSON. */
export const ESCAPE = 1;
/** `name=value`, `name: value`, `"name":"value"`. */
export const ASSIGNMENT = 2;
/** E-mail address or the user part of a URL. */
export const AT = 4;
/** Enough digits for a payment card. */
export const DIGITS = 8;
/** Opens like an IBAN. */
export const COUNTRY = 16;
/** Opens like the key or token of a known issuer. */
export const ISSUED = 32;
/** `Bearer …` or `Basic …`. */
export const SCHEME = 64;
/** PEM block, or a flag of a command. */
export const DASHES = 128;
/** Element of a markup language. */
export const MARKUP = 256;

/** Above the flags: what stands around the character decides. */
const DIGIT = 512;
const JOINT = 513;
const CAPITAL = 514;
const SPACE = 515;
const COLON = 516;
const APOSTROPHE = 517;

/** The shortest card numbers that are looked for (payment-card.ts). */
const CARD_DIGITS = 14;

/** Flags or what to look at, for each character of ASCII; 0 at most of them. */
const ROLES: Uint16Array = new Uint16Array(128).fill(ESCAPE, 0, 32);
for (const [characters, role] of [
  ['\\', ESCAPE],
  ['"', ESCAPE | ASSIGNMENT],
  ['=', ASSIGNMENT],
  ['%', ASSIGNMENT | AT | SCHEME],
  ['@', AT],
  ['<', MARKUP],
  ['0123456789', DIGIT],
  ['_-.', JOINT],
  ['IJ', CAPITAL],
  [' ', SPACE],
  [':', COLON],
  ["'`", APOSTROPHE],
] as const) {
  for (const character of characters) ROLES[character.charCodeAt(0)] = role;
}

/** By the two characters before it, which joint opens a token: `ghp_`, `github_pat_`, `sk_live_`, `xoxb-`, `SG.` and the like. */
const ISSUED_JOINTS: Uint8Array = new Uint8Array(128 * 128);
for (const [
  joint,
] of 'hp_ho_hu_hs_hr_at_ve_st_ec_pm_hf_v1_ss_ca_pa_at-xa-xb-xc-xd-xe-xo-xp-xr-xs-pp-pi-sk-PX-SG.29.vs.'.matchAll(
  /.../g,
)) {
  const pair = pairBefore(joint, 2);
  ISSUED_JOINTS[pair] = (ISSUED_JOINTS[pair] ?? 0) | jointBit(joint.charCodeAt(2));
}

/** Words and what stands between them, with nothing that has a role but spaces, nor a longer word that may stand behind bearer or basic. */
const PROSE = /[^a-zA-HK-Z ,;!?/()[\]{}|*+#~^&$>]|[rRcC] [A-Za-z]{8}/;
const PATTERN_FROM = 10;
/** The most common values of all: a UUID, a time as `Date` writes it, a trace id. */
const KNOWN =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|[0-9a-f]{32})$/;

/** A union of the flags above; 0 for a text that needs neither redaction nor escaping. */
export function suspicion(text: string): number {
  // A pattern costs more to begin and runs twice as fast as the loop; it decides about most messages.
  const { length } = text;
  if (length > PATTERN_FROM && !PROSE.test(text)) return 0;
  if ((length === 24 || length === 32 || length === 36) && KNOWN.test(text)) return 0;
  let flags = 0;
  let digits = 0;
  let lastDigit = -2;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      // Half a pair must be escaped when the other half is missing.
      if ((code & 0xf800) === 0xd800) flags |= ESCAPE;
      continue;
    }
    const role = ROLES[code] ?? 0;
    if (role === 0) continue;
    if (role === DIGIT) {
      const apart = i - lastDigit;
      digits = apart === 1 || (apart === 2 && isGroupJoint(text.charCodeAt(i - 1))) ? digits + 1 : 1;
      if (digits === CARD_DIGITS) flags |= DIGITS;
      // Two digits behind exactly two letters.
      if (apart === 1 && isLetter(text, i - 2) && isLetter(text, i - 3) && !isLetter(text, i - 4)) {
        flags |= COUNTRY;
      }
      lastDigit = i;
    } else if (role === SPACE) {
      const last = text.charCodeAt(i - 1) | 32;
      // r of bearer, c of basic, and the b of both
      const first = last === 114 ? 6 : last === 99 ? 5 : 0;
      if (first > 0 && (text.charCodeAt(i - first) | 32) === 98) flags |= SCHEME;
    } else if (role === JOINT) {
      if (code === 45 && text.charCodeAt(i - 1) === 45) flags |= DASHES;
      else if ((ISSUED_JOINTS[pairBefore(text, i)] ?? 0) & jointBit(code)) flags |= ISSUED;
    } else if (role < DIGIT) {
      flags |= role;
    } else if (role === COLON) {
      // Not `12:30`.
      if (!(isDigit(text, i + 1) && isDigit(text, i - 1) && isDigit(text, i - 2))) flags |= ASSIGNMENT;
    } else if (role === CAPITAL) {
      // `eyJ`, `AKIA`, `ASIA`, `AIza`
      const last = text.charCodeAt(i - 1);
      if (code === 74 ? last === 121 : last === 65 || last === 75 || last === 83) flags |= ISSUED;
    } else if (!isLetter(text, i - 1)) {
      // Not the apostrophe inside a word.
      flags |= ASSIGNMENT;
    }
  }
  return flags;
}

/** Space, hyphen and full stop stand between the groups of a number. */
function isGroupJoint(code: number): boolean {
  return code === 32 || code === 45 || code === 46;
}

function isLetter(text: string, at: number): boolean {
  const lower = text.charCodeAt(at) | 32;
  return lower > 96 && lower < 123;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code > 47 && code < 58;
}

function pairBefore(text: string, at: number): number {
  return ((text.charCodeAt(at - 2) & 127) << 7) | (text.charCodeAt(at - 1) & 127);
}

/** `_`, `-` and `.` differ in their last two bits. */
function jointBit(code: number): number {
  return 1 << (code & 3);
}
