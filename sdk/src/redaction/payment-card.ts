/** Finds payment card numbers by issuer, length and check digit (ISO/IEC 7812), also in groups. */
import { REDACTED } from './marker.ts';

/** A UUID and a digest in hexadecimal first, so that their digits are no groups; else digits with single separators between them. */
const RUN =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-z])[0-9a-f]{24,}(?![0-9a-z])|(?<![\d.])(\d{1,19}(?:[ .\u00a0-]\d{1,19}){0,11})(?!\d)/gi;
/** Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir, Maestro: their prefixes and lengths. */
const ISSUED = new RegExp(
  `^(?:${[
    '4(?:\\d{15}|\\d{18})',
    '(?:5[1-5]\\d\\d|2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720))\\d{12}',
    '3[47]\\d{13}',
    '3(?:0[0-59]|[689]\\d)\\d{11}(?:\\d\\d)?',
    '(?:6011|64[4-9]\\d|6[25]\\d\\d|35(?:2[89]|[3-8]\\d)|220[0-4]|50[123][08]|5893|6304|6759|676[1-3])\\d{12,15}',
  ].join('|')})$`,
);
/** Thirteen would be an epoch in milliseconds or an article number (EAN). */
const SHORTEST = 14;
const LONGEST = 19;
const SMALLEST = 2e13;
const LAST_GROUP = 7;

export function redactCards(text: string): string {
  return text.replace(RUN, (all, run: string | undefined) => (run === undefined ? all : redactRun(run)));
}

/** A number that is a payment card's. */
export function isCardNumber(value: number): boolean {
  return value >= SMALLEST && Number.isSafeInteger(value) && isCard(`${value}`);
}

/** Looks for consecutive groups that are a card together: a date or a check code may stand before or behind. */
function redactRun(run: string): string {
  const groups = [...run.matchAll(/\d+/g)];
  for (const [from, { index: start }] of groups.entries()) {
    let digits = '';
    for (const { 0: group, index } of groups.slice(from)) {
      if (digits !== '' && group.length > LAST_GROUP) break;
      digits += group;
      const end = index + group.length;
      const alone = index === start && (run[start - 1] === '.' || run[end] === '.');
      if (digits.length >= SHORTEST && !alone && isCard(digits)) {
        return run.slice(0, start) + REDACTED + redactRun(run.slice(end));
      }
      // Cards are printed in groups of four to six, the last one aside.
      if (group.length < 4 || group.length > 6 || digits.length > LONGEST) break;
    }
  }
  return run;
}

function isCard(digits: string): boolean {
  return ISSUED.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 1; i <= digits.length; i++) {
    const value = Number(digits.at(-i)) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
