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

const FLAG = 1;
const DIGIT = 2;
const JOINT = 3;
const CAPITAL = 4;
const SPACE = 5;
const COLON = 6;
const APOSTROPHE = 7;

/** The shortest card numbers that are looked for (payment-card.ts). */
const CARD_DIGITS = 14;

/** What is to be done at a character; nothing at most of them. */
const ROLE: Uint8Array = new Uint8Array(128);
const FLAGS: Uint16Array = new Uint16Array(128);

function flag(characters: string, flags: number): void {
  for (const character of characters) {
    ROLE[character.charCodeAt(0)] = FLAG;
    FLAGS[character.charCodeAt(0)] = flags;
  }
}

function role(characters: string, is: number): void {
  for (const character of characters) ROLE[character.charCodeAt(0)] = is;
}

for (let code = 0; code < 32; code++) flag(String.fromCharCode(code), ESCAPE);
flag('\\', ESCAPE);
flag('"', ESCAPE | ASSIGNMENT);
flag('=', ASSIGNMENT);
flag('%', ASSIGNMENT | AT | SCHEME);
flag('@', AT);
flag('<', MARKUP);
role('0123456789', DIGIT);
role('_-.', JOINT);
role('IJ', CAPITAL);
role(' ', SPACE);
role(':', COLON);
role("'`", APOSTROPHE);

/** The last two characters before the joint in `ghp_`, `github_pat_`, `sk_live_`, `xoxb-`, `SG.` and the like. */
const BEFORE_JOINT: Uint8Array = new Uint8Array(128 * 128);
const UNDERSCORE = 1;
const HYPHEN = 2;
const STOP = 4;

function beforeJoint(pairs: string, joint: number): void {
  for (const pair of pairs.split(' ')) {
    const index = (pair.charCodeAt(0) << 7) | pair.charCodeAt(1);
    BEFORE_JOINT[index] = (BEFORE_JOINT[index] ?? 0) | joint;
  }
}

beforeJoint('hp ho hu hs hr at ve st ec pm hf v1 ss ca pa', UNDERSCORE);
beforeJoint('at xa xb xc xd xe xo xp xr xs pp pi sk PX', HYPHEN);
beforeJoint('SG 29 vs', STOP);

/** Words and what stands between them, with nothing that has a role but spaces, nor a longer word that may stand behind bearer or basic. */
const PROSE = /[^a-zA-HK-Z ,;!?/()[\]{}|*+#~^&$>]|[rRcC] [A-Za-z]{8}/;

const PATTERN_FROM = 10;
/** The most common values of all: a UUID, a time as `Date` writes it, a trace id. */
const KNOWN =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|[0-9a-f]{32})$/;

/** A union of the flags above; 0 for a text that needs neither redaction nor escaping. */
export function suspicion(text: string): number {
  // A pattern costs more to begin and runs twice as fast as the loop; it decides about most messages.
  const { length } = text;
  if (length > PATTERN_FROM && !PROSE.test(text)) return 0;
  if ((length === 24 || length === 32 || length === 36) && KNOWN.test(text)) return 0;
  let flags = 0;
  let digits = 0;
  let lastDigit = -2;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      // Half a pair must be escaped when the other half is missing.
      if ((code & 0xf800) === 0xd800) flags |= ESCAPE;
      continue;
    }
    const is = ROLE[code];
    if (is === 0) continue;
    if (is === DIGIT) {
      if (i - lastDigit === 1) digits += 1;
      else digits = i - lastDigit === 2 && isGroupJoint(text.charCodeAt(i - 1)) ? digits + 1 : 1;
      if (digits === CARD_DIGITS) flags |= DIGITS;
      if (i - lastDigit === 1 && i > 2 && isLetter(text.charCodeAt(i - 2))) flags |= afterLetter(text, i);
      lastDigit = i;
    } else if (is === SPACE) {
      flags |= afterWord(text, i);
    } else if (is === JOINT) {
      if (i > 1) flags |= afterJoint(text, i, code);
    } else if (is === FLAG) {
      flags |= FLAGS[code] ?? 0;
    } else if (is === COLON) {
      if (!isClock(text, i)) flags |= ASSIGNMENT;
    } else if (is === CAPITAL) {
      flags |= inCapitals(text, i, code);
    } else if (!isLetter(text.charCodeAt(i - 1))) {
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

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower > 96 && lower < 123;
}

/** Two digits behind exactly two letters. */
function afterLetter(text: string, i: number): number {
  if (!isLetter(text.charCodeAt(i - 3))) return 0;
  return i > 3 && isLetter(text.charCodeAt(i - 4)) ? 0 : COUNTRY;
}

/** Behind `bearer` and `basic`. */
function afterWord(text: string, i: number): number {
  const last = text.charCodeAt(i - 1) | 32;
  // r of bearer, c of basic
  if (last === 114) return (text.charCodeAt(i - 6) | 32) === 98 ? SCHEME : 0;
  if (last === 99) return (text.charCodeAt(i - 5) | 32) === 98 ? SCHEME : 0;
  return 0;
}

function afterJoint(text: string, i: number, code: number): number {
  const last = text.charCodeAt(i - 1);
  if (last === 45 && code === 45) return DASHES;
  const joint = code === 95 ? UNDERSCORE : code === 45 ? HYPHEN : STOP;
  const pair = ((text.charCodeAt(i - 2) & 127) << 7) | (last & 127);
  return ((BEFORE_JOINT[pair] ?? 0) & joint) !== 0 ? ISSUED : 0;
}

/** `12:30`. */
function isClock(text: string, i: number): boolean {
  return (
    isDigit(text.charCodeAt(i + 1)) && isDigit(text.charCodeAt(i - 1)) && isDigit(text.charCodeAt(i - 2))
  );
}

function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}

/** `eyJ`, `AKIA`, `ASIA`, `AIza`. */
function inCapitals(text: string, i: number, code: number): number {
  const last = text.charCodeAt(i - 1);
  if (code === 74) return last === 121 ? ISSUED : 0;
  return last === 65 || last === 75 || last === 83 ? ISSUED : 0;
}
