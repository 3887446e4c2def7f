/** Recognises the ids that stand on every line, faster than any rule can judge them: they are the same to all rules. */

const HYPHEN = 45;
const SPAN_CHARS = 16;
const TRACE_CHARS = 32;
const UUID_CHARS = 36;
/** Of a span id, where one letter is enough for no run of digits to be as long as the shortest card number (14). */
const FIRST_INNER = 2;
const LAST_INNER = 13;
/** Belgian account numbers are as long as a span id, and begin like one. */
const BELGIAN = 'be';

/** A UUID, trace id or span id in lower case that the built-in rules leave as it is. False says nothing. */
export function isHexId(text: string): boolean {
  const { length } = text;
  if (length === UUID_CHARS) return isUuid(text);
  if (length === TRACE_CHARS) return isHex(text, 0, length);
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
