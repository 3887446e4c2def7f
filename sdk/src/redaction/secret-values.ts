/** Finds secrets in text by the way they look and writes a marker in their place. */
import { redactAssignments } from './assignments.ts';
import { redactEmails } from './email.ts';
import { redactIbans } from './iban.ts';
import { redactIssued } from './issued-tokens.ts';
import { REDACTED } from './marker.ts';
import { hidden, type ReadName } from './name-reader.ts';
import { redactCards } from './payment-card.ts';
import { ASSIGNMENT, AT, COUNTRY, DASHES, DIGITS, ISSUED, MARKUP, SCHEME } from './suspicion.ts';

/** Lines of the key, also with escaped ends or as an object printer joins them. */
const KEY_PART = '[\\w\\s+/=\\\\:,.()-]|[\'"`]\\s{0,8}\\+\\s{0,64}[\'"`]';
const KEY_KIND = '[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
/** To its end, or as far as it can go on where it was cut. */
const PRIVATE_KEY = new RegExp(
  `-----BEGIN ${KEY_KIND}(?:(?:${KEY_PART})*?-----END ${KEY_KIND}|((?:${KEY_PART})*))`,
  'g',
);
/** The same when all other secrets are gone, so that it does not take half of one behind it. */
const CUT_KEY = new RegExp(`-----BEGIN ${KEY_KIND}(?:${KEY_PART}|\\[redacted[\\w:-]{0,66}\\])*`, 'g');
/** `//user:password@host`, also with escaped slashes. */
const USER_INFO = /(:(?:\\{0,3}\/){2})[^\s/?#"'<>\\]{1,512}@/g;
/** `--password …`; with `=` it is an assignment. */
const COMMAND_FLAG = /(--([A-Za-z][\w-]{1,63})\s{1,4})([^\s-]\S*)/g;
/** `<ns:password>…`. */
const ELEMENT = /(<(?:[\w.-]{1,63}:)?([A-Za-z_][\w.-]{0,63})[^<>]{0,256}>)([^<]*[^<\s][^<]*)/g;
const SLACK_HOOK = /(hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]{8,}/gi;
/** Credentials behind the name of an HTTP authentication scheme. */
const SCHEMES = /(?<![A-Za-z0-9])((bearer|basic)(?:\s{1,4}|%20|\+))([\w.~+/=%-]{6,})/gi;
/** `Basic authentication`, `Bearer realm="x"`: words and parameters are no credentials. */
const WORD = /^(?:[A-Z]?[a-z]{1,15}|[a-z_]{1,24}=)[.]?$/;
/** RFC 7617: what base64 hides behind `Basic`. */
const USER_AND_PASSWORD = /^[\x20-\x7e]*:[\x20-\x7e]*$/;

/** `flags` say what may be there (suspicion.ts). */
export function redactSecrets(text: string, flags: number, read: ReadName): string {
  let clean = text;
  if (flags & DASHES) {
    clean = clean.replace(PRIVATE_KEY, (all, cut: string | undefined) =>
      cut === undefined ? REDACTED : all,
    );
    clean = redactNamed(clean, COMMAND_FLAG, read);
  }
  if (flags & ISSUED) clean = redactIssued(clean);
  if (flags & SCHEME) clean = redactSchemes(clean);
  if (flags & AT) clean = clean.replace(USER_INFO, `$1${REDACTED}@`);
  if (flags & ASSIGNMENT) {
    clean = redactAssignments(clean, read);
    if (clean.includes('hooks.slack')) clean = clean.replace(SLACK_HOOK, `$1${REDACTED}`);
  }
  if (flags & MARKUP) clean = redactNamed(clean, ELEMENT, read);
  if (flags & AT) clean = redactEmails(clean);
  if (flags & COUNTRY) clean = redactIbans(clean);
  if (flags & DIGITS) clean = redactCards(clean);
  return flags & DASHES ? clean.replace(CUT_KEY, REDACTED) : clean;
}

/** The groups of the pattern are what stays, the name in it and the value. */
function redactNamed(text: string, pattern: RegExp, read: ReadName): string {
  return text.replace(pattern, (all, opening: string, name: string, value: string) => {
    const reading = read(name);
    return reading.secret ? opening + hidden(reading, value) : all;
  });
}

function redactSchemes(text: string): string {
  return text.replace(SCHEMES, (all, opening: string, scheme: string, value: string) => {
    const decoded = scheme.length === 5 ? Buffer.from(value, 'base64').toString('latin1') : '';
    return WORD.test(value) && !USER_AND_PASSWORD.test(decoded) ? all : opening + REDACTED;
  });
}
