/** Finds where JSON values end in bytes of UTF-8, and refuses what `JSON.parse` refuses; for members that nobody reads. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;

/** Deeper values are left to the general reader. */
const MAX_DEPTH = 64;

/** 1 at bytes that a string cannot hold as they are: quote, backslash and controls (RFC 8259 §7). */
export const NOT_PLAIN: Uint8Array = new Uint8Array(256).fill(1, 0, 0x20);
NOT_PLAIN[QUOTE] = 1;
NOT_PLAIN[BACKSLASH] = 1;

/** The byte that stands for a backslash and this one, but for `u`; 0 where that is no escape. */
export const ESCAPED: Uint8Array = new Uint8Array(256);
for (const [letter, byte] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  ESCAPED[letter?.charCodeAt(0) ?? 0] = byte?.charCodeAt(0) ?? 0;
}

const DIGIT = 1;
const SPACE = 2;
const KINDS: Uint8Array = new Uint8Array(256).fill(DIGIT, 0x30, 0x3a);
for (const space of ' \n\r\t') KINDS[space.charCodeAt(0)] = SPACE;

export function isDigit(byte: number | undefined): boolean {
  return KINDS[byte ?? 0] === DIGIT;
}

/** First byte at or behind `at` that is no white space of JSON. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while (KINDS[bytes[next] ?? 0] === SPACE) next++;
  return next;
}

/** Index of the closing quote of the string whose text begins at `from`, or -1. */
export function stringEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (NOT_PLAIN[byte] === 0) continue;
    if (byte === QUOTE) return at;
    if (byte !== BACKSLASH) return -1;
    at++;
    if (ESCAPED[bytes[at] ?? 0] !== 0) continue;
    if (hexUnit(bytes, at) < 0) return -1;
    at += 4;
  }
  return -1;
}

/** The UTF-16 unit of `uXXXX` at `at`, or -1. */
export function hexUnit(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x75) return -1;
  let unit = 0;
  for (let offset = 1; offset <= 4; offset++) {
    const digit = hexDigit(bytes[at + offset] ?? 0);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(byte: number): number {
  if (isDigit(byte)) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Index behind the number at `from`, or -1. */
export function numberEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === 0x2d ? from + 1 : from;
  let at = bytes[first] === 0x30 ? first + 1 : digitsEnd(bytes, first);
  if (at >= 0 && bytes[at] === 0x2e) at = digitsEnd(bytes, at + 1);
  if (at < 0 || ((bytes[at] ?? 0) | 0x20) !== 0x65) return at;
  const hasSign = bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d;
  return digitsEnd(bytes, hasSign ? at + 2 : at + 1);
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at === from ? -1 : at;
}

const TRUE: Uint8Array = Buffer.from('true');
const FALSE: Uint8Array = Buffer.from('false');
const NULL: Uint8Array = Buffer.from('null');

/** Index behind `true`, `false` or `null` at `at`, or -1. */
export function wordEnd(bytes: Uint8Array, at: number): number {
  const word = bytes[at] === 0x74 ? TRUE : bytes[at] === 0x66 ? FALSE : NULL;
  return startsWith(bytes, at, word) ? at + word.length : -1;
}

export function startsWith(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let offset = 0; offset < expected.length; offset++) {
    if (bytes[at + offset] !== expected[offset]) return false;
  }
  return true;
}

/** Index behind the value at `at`, where no white space stands; -1 for what is no JSON or nested too deeply to tell. */
export function valueEnd(bytes: Uint8Array, at: number, depth = 0): number {
  const byte = bytes[at] ?? 0;
  switch (byte) {
    case QUOTE: {
      const end = stringEnd(bytes, at + 1);
      return end < 0 ? -1 : end + 1;
    }
    case OPEN_BRACE:
      return depth >= MAX_DEPTH ? -1 : objectEnd(bytes, at, depth + 1);
    case OPEN_BRACKET:
      return depth >= MAX_DEPTH ? -1 : arrayEnd(bytes, at, depth + 1);
    default:
      return byte === 0x2d || isDigit(byte) ? numberEnd(bytes, at) : wordEnd(bytes, at);
  }
}

function objectEnd(bytes: Uint8Array, open: number, depth: number): number {
  let at = skipSpace(bytes, open + 1);
  if (bytes[at] === CLOSE_BRACE) return at + 1;
  for (;;) {
    if (bytes[at] !== QUOTE) return -1;
    at = stringEnd(bytes, at + 1);
    if (at < 0) return -1;
    at = skipSpace(bytes, at + 1);
    if (bytes[at] !== COLON) return -1;
    at = valueEnd(bytes, skipSpace(bytes, at + 1), depth);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

function arrayEnd(bytes: Uint8Array, open: number, depth: number): number {
  let at = skipSpace(bytes, open + 1);
  if (bytes[at] === CLOSE_BRACKET) return at + 1;
  for (;;) {
    at = valueEnd(bytes, at, depth);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpace(bytes, at + 1);
  }
}
