/** Finds payment card numbers by issuer, length and check digit (ISO/IEC 7812), also in groups. */
import { REDACTED } from './marker.ts';

/** A UUID first, so that its digits are no groups; else digits with single separators between them. */
const RUN =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![\d.])\d{1,19}(?:[ .\u00a0-]\d{1,19}){0,11}(?!\d)/gi;
const JOINT = /[ .\u00a0-]/;
/** Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir, Maestro: their prefixes and lengths. */
const ISSUED = new RegExp(
  [
    '4(?:\\d{15}|\\d{18})',
    '5[1-5]\\d{14}',
    '2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d{12}',
    '3[47]\\d{13}',
    '3(?:0[0-59]|[689]\\d)\\d{11}(?:\\d\\d)?',
    '(?:6011|64[4-9]\\d|65\\d\\d|62\\d\\d|35(?:2[89]|[3-8]\\d)|220[0-4])\\d{12,15}',
    '(?:5018|5020|5038|5893|6304|6759|676[1-3])\\d{12,15}',
  ]
    .join('|')
    .replace(/.*/, '^(?:$&)$'),
);
/** Thirteen would be an epoch in milliseconds or an article number (EAN). */
const SHORTEST = 14;
const LONGEST = 19;
const UUID_CHARS = 36;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;
const SMALLEST = 2e13;
const LAST_GROUP = 7;
/** A digest in hexadecimal has long runs of digits too. */
const DIGEST_CHARS = 128;
const DIGEST = /^[0-9a-f]{24,}$/i;

export function redactCards(text: string): string {
  return text.replace(RUN, (run, at: number) =>
    isUuid(run) || insideDigest(text, at, run.length) ? run : redactRun(run),
  );
}

/** A number that is a payment card's. */
export function isCardNumber(value: number): boolean {
  return value >= SMALLEST && Number.isSafeInteger(value) && isCard(String(value));
}

/** Looks for consecutive groups that are a card together: a date or a check code may stand before or behind. */
function redactRun(run: string): string {
  const groups = run.split(JOINT);
  for (let from = 0; from < groups.length; from++) {
    let digits = '';
    for (let to = from; to < groups.length && digits.length <= LONGEST; to++) {
      const group = groups[to] ?? '';
      if (to > from && !(isGroup(groups[to - 1] ?? '') && group.length <= LAST_GROUP)) break;
      digits += group;
      if (digits.length < SHORTEST || !isCard(digits)) continue;
      const start = offset(groups, from);
      const end = offset(groups, to) + group.length;
      if (to === from && (run[start - 1] === '.' || run[end] === '.')) continue;
      return run.slice(0, start) + REDACTED + redactRun(run.slice(end));
    }
  }
  return run;
}

/** Cards are printed in groups of four to six, the last one aside. */
function isGroup(group: string): boolean {
  return group.length >= 4 && group.length <= 6;
}

function isUuid(run: string): boolean {
  return run.length === UUID_CHARS && UUID.test(run);
}

/** True within a longer word of hexadecimal digits. */
function insideDigest(text: string, at: number, length: number): boolean {
  let from = at;
  let to = at + length;
  while (from > 0 && at - from < DIGEST_CHARS && isAlphanumeric(text.charCodeAt(from - 1))) from -= 1;
  while (to < text.length && to - at - length < DIGEST_CHARS && isAlphanumeric(text.charCodeAt(to))) to += 1;
  return to - from > length && DIGEST.test(text.slice(from, to));
}

function isAlphanumeric(code: number): boolean {
  return (code > 47 && code < 58) || ((code | 32) > 96 && (code | 32) < 123);
}

/** Where a group begins; each separator is one character. */
function offset(groups: readonly string[], index: number): number {
  let at = index;
  for (let i = 0; i < index; i++) at += groups[i]?.length ?? 0;
  return at;
}

function isCard(digits: string): boolean {
  return ISSUED.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  let double = false;
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = digits.charCodeAt(i) - 48;
    const value = double ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
    double = !double;
  }
  return sum % 10 === 0;
}
