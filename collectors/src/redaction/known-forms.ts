/** Recognises the ids and times that stand on every line, faster than any rule can judge them: the built-in ones leave them as they are. */

const HYPHEN = 45;
const SPACE = 32;
/** As `Date` writes it, with what is no digit at its place. */
const TIME = '    -  -  T  :  :  .   Z';
const SPAN_CHARS = 16;
const TRACE_CHARS = 32;
const UUID_CHARS = 36;
/** Of a span id, where one letter is enough for no run of digits to be as long as the shortest card number (14). */
const FIRST_INNER = 2;
const LAST_INNER = 13;
/** Belgian account numbers are as long as a span id, and begin like one. */
const BELGIAN = 'be';

/** A UUID, trace id or span id in lower case, or a time. False says nothing. */
export function isKnownForm(text: string): boolean {
  const { length } = text;
  if (length === UUID_CHARS) return isUuid(text);
  if (length === TRACE_CHARS) return isHex(text, 0, length);
  if (length === TIME.length) return isTime(text);
  return length === SPAN_CHARS && isHex(text, 0, length) && hasInnerLetter(text) && !text.startsWith(BELGIAN);
}

function isUuid(text: string): boolean {
  for (const at of [8, 13, 18, 23]) if (text.charCodeAt(at) !== HYPHEN) return false;
  return (
    isHex(text, 0, 8) &&
    isHex(text, 9, 13) &&
    isHex(text, 14, 18) &&
    isHex(text, 19, 23) &&
    isHex(text, 24, 36)
  );
}

function isTime(text: string): boolean {
  for (let i = 0; i < TIME.length; i++) {
    const code = text.charCodeAt(i);
    const expected = TIME.charCodeAt(i);
    if (expected === SPACE ? !(code > 47 && code < 58) : code !== expected) return false;
  }
  return true;
}

function isHex(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    // 0-9, a-f
    if (!((code > 47 && code < 58) || (code > 96 && code < 103))) return false;
  }
  return true;
}

function hasInnerLetter(text: string): boolean {
  for (let i = FIRST_INNER; i <= LAST_INNER; i++) if (text.charCodeAt(i) > 96) return true;
  return false;
}
