/** Tells what a sentence says about a secret from the secret itself: `token: expired`, `token: 7fa3…`. */

const REMARK =
  /^(?:required|invalid|expired|missing|wrong|incorrect|mismatch(?:ed)?|empty|null|undefined|none|true|false|ok|yes|no|n\/a|(?:un|re)?set|rejected|denied|failed|error|unknown|revoked|malformed|accepted|valid|present|absent|hidden|string|number|boolean|object|must|should|is|was|ha[sd]|have|can(?:not|'t)?|could|too|not|at|the|an?|for|of|in|it|this|that|do(?:es)?(?:n't)?|may|needs?|contains?|only|expected|m(?:in|ax)imum|length|from|to|by|with(?:out)?|be(?:en)?|got|received)$/i;
/** Secret names that are ordinary words of a sentence as well. */
const ORDINARY = /^(?:pass|card|auth|pan|sid)$/i;
const WORD_OR_COUNT = /^(?:[a-z]+|\d{1,4})$/;
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

/** `token: expired`, `card: declined`, `tests pass: 12`, `token.js:10:15` */
export function isRemark(name: string, value: string): boolean {
  return REMARK.test(value) || (ORDINARY.test(name) ? WORD_OR_COUNT.test(value) : SOURCE_FILE.test(name));
}

/** The same of the first word of a line: `cookie: none`, `authorization: denied by policy`. */
export function opensRemark(line: string): boolean {
  return REMARK.test(/^\S*/.exec(line)?.[0] ?? '');
}
