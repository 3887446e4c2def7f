/** Tells what a sentence says about a secret from the secret itself: `token: expired`, `token: 7fa3…`. */

const REMARK =
  /^(?:required|invalid|expired|missing|wrong|incorrect|mismatch(?:ed)?|empty|null|undefined|none|true|false|ok|yes|no|n\/a|(?:un|re)?set|rejected|denied|failed|error|unknown|revoked|malformed|accepted|valid|present|absent|hidden|string|number|boolean|object|must|should|shall|is|was|has|have|can|cannot|can't|could|too|not|at|the|an?|for|of|in|it|this|that|does|doesn't|do|may|needs?|contains?|only|expected|minimum|maximum|length|from|to|by|with|without|been|be|got|received)$/i;
const FIRST_WORD = /\S{1,24}(?=\s|$)/y;
/** Secret names that are ordinary words of a sentence as well. */
const ORDINARY = /^(?:pass|card|auth|pan|sid)$/i;
const WORD_OR_COUNT = /^(?:[a-z]+|\d{1,4})$/;
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

/** `token: expired`, `card: declined`, `tests pass: 12`, `token.js:10:15` */
export function isRemark(name: string, value: string): boolean {
  if (REMARK.test(value)) return true;
  return ORDINARY.test(name) ? WORD_OR_COUNT.test(value) : SOURCE_FILE.test(name);
}

/** The same of the first word of a line: `cookie: none`, `authorization: denied by policy`. */
export function opensRemark(text: string, start: number): boolean {
  FIRST_WORD.lastIndex = start;
  const word = FIRST_WORD.exec(text)?.[0];
  return word !== undefined && REMARK.test(word);
}
