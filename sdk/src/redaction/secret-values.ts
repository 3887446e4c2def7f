/** Finds secrets in text by the way they look and writes a marker in their place. */
import { redactAssignments, type SecretNames } from './assignments.ts';
import { redactSchemes } from './authorization-scheme.ts';
import { redactEmails } from './email.ts';
import { redactIbans } from './iban.ts';
import { redactIssued } from './issued-tokens.ts';
import { isMarker, REDACTED } from './marker.ts';
import { redactCards } from './payment-card.ts';
import { ASSIGNMENT, AT, COUNTRY, DASHES, DIGITS, ISSUED, MARKUP, SCHEME } from './suspicion.ts';

/** Lines of the key, also with escaped ends or as an object printer joins them. */
const KEY_PART = '[\\w\\s+/=\\\\:,.()-]|[\'"`]\\s{0,8}\\+\\s{0,64}[\'"`]';
const KEY_BODY = `(?:${KEY_PART})*`;
const KEY_KIND = '[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----';
/** To its end, or as far as it can go on where it was cut. */
const PRIVATE_KEY = new RegExp(
  `-----BEGIN ${KEY_KIND}(?:${KEY_BODY}?-----END ${KEY_KIND}|(${KEY_BODY}))`,
  'g',
);
/** The same when all other secrets are gone, so that it does not take half of one behind it. */
const CUT_KEY = new RegExp(`-----BEGIN ${KEY_KIND}(?:${KEY_PART}|\\[redacted[\\w:-]{0,66}\\])*`, 'g');
/** `//user:password@host`, also with escaped slashes. */
const USER_INFO = /(:(?:\\{0,3}\/){2})[^\s/?#"'<>\\]{1,512}@/g;
const COMMAND_FLAG = /(--([A-Za-z][\w-]{1,63}))(\s{1,4})([^\s-]\S*)/g;
const ELEMENT = /<([A-Za-z_][\w.:-]{0,63})([^<>]{0,256}>)([^<]+)/g;
const SLACK_HOOK = /(hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]{8,}/gi;

/** `flags` say what may be there (suspicion.ts). */
export function redactSecrets(text: string, flags: number, names: SecretNames): string {
  let clean = text;
  if ((flags & DASHES) !== 0) clean = redactFlags(redactKeys(clean), names);
  if ((flags & ISSUED) !== 0) clean = redactIssued(clean);
  if ((flags & SCHEME) !== 0) clean = redactSchemes(clean);
  if ((flags & AT) !== 0) clean = clean.replace(USER_INFO, `$1${REDACTED}@`);
  if ((flags & ASSIGNMENT) !== 0) {
    clean = redactAssignments(clean, names);
    if (clean.includes('hooks.slack')) clean = clean.replace(SLACK_HOOK, `$1${REDACTED}`);
  }
  if ((flags & MARKUP) !== 0) clean = redactElements(clean, names);
  if ((flags & AT) !== 0) clean = redactEmails(clean);
  if ((flags & COUNTRY) !== 0) clean = redactIbans(clean);
  if ((flags & DIGITS) !== 0) clean = redactCards(clean);
  if ((flags & DASHES) !== 0) clean = clean.replace(CUT_KEY, REDACTED);
  return clean;
}

function redactKeys(text: string): string {
  return text.replace(PRIVATE_KEY, (all, cut: string | undefined) => (cut === undefined ? REDACTED : all));
}

/** `--password …`; with `=` it is an assignment. */
function redactFlags(text: string, names: SecretNames): string {
  return text.replace(COMMAND_FLAG, (all, flag: string, name: string, gap: string, value: string) =>
    names.read(name).secret && !isMarker(value) ? flag + gap + names.hide(name, value) : all,
  );
}

/** `<password>…</password>`. */
function redactElements(text: string, names: SecretNames): string {
  return text.replace(ELEMENT, (all, name: string, rest: string, value: string) => {
    const local = name.slice(name.indexOf(':') + 1);
    if (value.trim() === '' || isMarker(value) || !names.read(local).secret) return all;
    return `<${name}${rest}${names.hide(local, value)}`;
  });
}
