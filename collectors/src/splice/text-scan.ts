/** Reads one string of a line where it stands, and says whether redaction has to look at it: a superset of what the SDK's own first look flags. */

const QUOTE = 0x22;
const COLON = 0x3a;

/** Redaction would change nothing. */
export const CLEAN = 0;
/** Names or numbers with colons between them: redaction would change nothing if no name before a colon is secret. */
export const KEYED = 1;
/** Redaction has to be asked. */
export const SUSPECT = 2;
/** No string of JSON. */
export const BROKEN = 3;

// What a byte is to redaction (sdk/src/redaction/suspicion.ts); most are nothing.
const ENDS = 1;
const CONTROL = 2;
const ALWAYS = 3;
const DIGIT = 4;
const JOINT = 5;
const CAPITAL = 6;
const SPACE = 7;
const APOSTROPHE = 8;
const BETWEEN = 9;

const ROLES: Uint8Array = new Uint8Array(256).fill(CONTROL, 0, 0x20).fill(DIGIT, 0x30, 0x3a);
for (const [characters, role] of [
  ['"', ENDS],
  ['\\=%@<', ALWAYS],
  ['_-.', JOINT],
  ['IJ', CAPITAL],
  [' ', SPACE],
  ["'`", APOSTROPHE],
  [':', BETWEEN],
] as const) {
  for (const character of characters) ROLES[character.charCodeAt(0)] = role;
}

const HEX = 1;
const LETTER = 2;
const NAME = 4;
const CLASSES: Uint8Array = new Uint8Array(256).map((_, code) => {
  const character = code < 128 ? String.fromCharCode(code) : '';
  return (
    (/[0-9a-f]/.test(character) ? HEX : 0) |
    (/[A-Za-z]/.test(character) ? LETTER : 0) |
    (/[\w.$-]/.test(character) ? NAME : 0)
  );
});

const HYPHEN = 0x2d;
const HYPHEN_WEIGHT = 64;
const UUID_WEIGHTS: Uint8Array = CLASSES.map((kind) => kind & HEX);
UUID_WEIGHTS[HYPHEN] = HYPHEN_WEIGHT;
const UUID_SUM = 32 + 4 * HYPHEN_WEIGHT;

/** The shortest card number that is looked for, and the shortest bank account number. */
const CARD_DIGITS = 14;
const ACCOUNT_BYTES = 15;
const UUID_BYTES = 36;
const TRACE_BYTES = 32;
const SPAN_BYTES = 16;

export class TextScan {
  /** Behind a scan: the closing quote, or the byte that made it suspect. */
  end = 0;

  /** The string whose text begins at `from`. */
  scan(bytes: Uint8Array, from: number): number {
    if (this.#isIdentifier(bytes, from)) return CLEAN;
    let digits = 0;
    let lastDigit = -2;
    let account = -1;
    let keyed = CLEAN;
    for (let at = from; ; at++) {
      const role = ROLES[bytes[at] ?? 0] ?? 0;
      if (role === 0) continue;
      if (role === DIGIT) {
        const apart = at - lastDigit;
        digits = apart === 1 || (apart === 2 && isGroupJoint(bytes[at - 1] ?? 0)) ? digits + 1 : 1;
        if (digits === CARD_DIGITS) return this.#stop(at, SUSPECT);
        if (apart === 1 && account < 0 && opensAccount(bytes, at - 3, from)) account = at - 3;
        lastDigit = at;
        continue;
      }
      if (role === ENDS) {
        const mayBeAccount = account >= 0 && at - account >= ACCOUNT_BYTES;
        return this.#stop(at, mayBeAccount ? SUSPECT : keyed);
      }
      if (role === JOINT) {
        if (mayEndOpening(bytes, at, from)) return this.#stop(at, SUSPECT);
      } else if (role === SPACE) {
        // r of bearer, c of basic
        const last = at > from ? (bytes[at - 1] ?? 0) | 0x20 : 0;
        if (last === 0x72 || last === 0x63) {
          const first = (bytes[at - (last === 0x72 ? 6 : 5)] ?? 0) | 0x20;
          if (first === 0x62) return this.#stop(at, SUSPECT);
        }
      } else if (role === BETWEEN) {
        if (!isTime(bytes, at, from)) keyed = KEYED;
      } else if (role === CAPITAL) {
        // `eyJ`, `AKIA`, `ASIA`, `AIza`
        const last = at > from ? (bytes[at - 1] ?? 0) : 0;
        if (last === 0x79 || last === 0x41 || last === 0x4b || last === 0x53) return this.#stop(at, SUSPECT);
      } else if (role === APOSTROPHE) {
        // Not the one inside a word.
        if (at === from || !isLetter(bytes[at - 1] ?? 0)) return this.#stop(at, SUSPECT);
      } else {
        return this.#stop(at, role === ALWAYS ? SUSPECT : BROKEN);
      }
    }
  }

  #stop(at: number, verdict: number): number {
    this.end = at;
    return verdict;
  }

  /** UUIDs, trace ids and span ids, which every line has and no secret looks like. */
  #isIdentifier(bytes: Uint8Array, from: number): boolean {
    if (bytes[from + UUID_BYTES] === QUOTE && isUuid(bytes, from)) {
      this.end = from + UUID_BYTES;
      return true;
    }
    if (bytes[from + TRACE_BYTES] === QUOTE && isHex(bytes, from, from + TRACE_BYTES)) {
      this.end = from + TRACE_BYTES;
      return true;
    }
    if (bytes[from + SPAN_BYTES] === QUOTE && isSpanId(bytes, from)) {
      this.end = from + SPAN_BYTES;
      return true;
    }
    return false;
  }
}

/** Whether the text has nothing but names, numbers and colons; then what stands before each colon is all that matters. */
export function isKeyedName(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    if (((CLASSES[bytes[at] ?? 0] ?? 0) & NAME) === 0 && bytes[at] !== COLON) return false;
  }
  return true;
}

/** Hex digits with hyphens at four places, and none elsewhere: any other mix adds up to another sum. */
function isUuid(bytes: Uint8Array, from: number): boolean {
  if (bytes[from + 8] !== HYPHEN || bytes[from + 13] !== HYPHEN) return false;
  if (bytes[from + 18] !== HYPHEN || bytes[from + 23] !== HYPHEN) return false;
  let sum = 0;
  for (let at = from; at < from + UUID_BYTES; at++) sum += UUID_WEIGHTS[bytes[at] ?? 0] ?? 0;
  return sum === UUID_SUM;
}

function isHex(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    if (((CLASSES[bytes[at] ?? 0] ?? 0) & HEX) === 0) return false;
  }
  return true;
}

/** One that is neither a card's number nor opens as a bank account's. */
function isSpanId(bytes: Uint8Array, from: number): boolean {
  let letters = 0;
  for (let at = from; at < from + SPAN_BYTES; at++) {
    const kind = CLASSES[bytes[at] ?? 0] ?? 0;
    if ((kind & HEX) === 0) return false;
    letters += (kind & LETTER) >> 1;
  }
  return letters > SPAN_BYTES - CARD_DIGITS && !opensAccount(bytes, from, from);
}

/** Two letters and a digit at `at`, with neither letter nor digit before them; that one more digit follows, the caller knows. */
function opensAccount(bytes: Uint8Array, at: number, from: number): boolean {
  if (at < from || !isLetter(bytes[at] ?? 0) || !isLetter(bytes[at + 1] ?? 0)) return false;
  return at === from || !isWord(bytes[at - 1] ?? 0);
}

/** Whether a token of a known issuer may begin before this joint, by the two bytes before it; or a flag of a command. */
function mayEndOpening(bytes: Uint8Array, at: number, from: number): boolean {
  if (at - from < 2) return at > from && bytes[at] === 0x2d && bytes[at - 1] === 0x2d;
  const joint = bytes[at] ?? 0;
  const last = bytes[at - 1] ?? 0;
  if (joint === 0x2d && last === 0x2d) return true;
  return ((OPENINGS[((bytes[at - 2] ?? 0) << 8) | last] ?? 0) & (1 << (joint & 3))) !== 0;
}

/** By the two bytes before it, which joint (by its last two bits) opens an issued token, as the SDK lists them. */
const OPENINGS: Uint8Array = new Uint8Array(256 * 256);
const ISSUED =
  'hp_ho_hu_hs_hr_at_ve_st_ec_pm_hf_v1_ss_ca_pa_at-xa-xb-xc-xd-xe-xo-xp-xr-xs-pp-pi-sk-PX-SG.29.vs.';
for (const [joint] of ISSUED.matchAll(/.../g)) {
  const pair = (joint.charCodeAt(0) << 8) | joint.charCodeAt(1);
  OPENINGS[pair] = (OPENINGS[pair] ?? 0) | (1 << (joint.charCodeAt(2) & 3));
}

/** The colon of `12:30`. */
function isTime(bytes: Uint8Array, at: number, from: number): boolean {
  return (
    at - from >= 2 &&
    isDigit(bytes[at + 1] ?? 0) &&
    isDigit(bytes[at - 1] ?? 0) &&
    isDigit(bytes[at - 2] ?? 0)
  );
}

/** Space, hyphen and full stop stand between the groups of a number. */
function isGroupJoint(byte: number): boolean {
  return byte === 0x20 || byte === 0x2d || byte === 0x2e;
}

function isLetter(byte: number): boolean {
  return ((CLASSES[byte] ?? 0) & LETTER) !== 0;
}

function isDigit(byte: number): boolean {
  return byte > 0x2f && byte < 0x3a;
}

function isWord(byte: number): boolean {
  return isLetter(byte) || isDigit(byte);
}
