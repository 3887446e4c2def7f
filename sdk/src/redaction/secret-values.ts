/** Finds secrets in text by the way they look and writes a marker in their place. */
import { redactAssignments, type SecretNames } from './assignments.ts';
import { redactSchemes } from './authorization-scheme.ts';
import { redactIbans } from './iban.ts';
import { redactIssued } from './issued-tokens.ts';
import { isMarker, REDACTED } from './marker.ts';
import { redactCards } from './payment-card.ts';
import { ASSIGNMENT, AT, COUNTRY, DASHES, DIGITS, ISSUED, MARKUP, SCHEME, suspicion } from './suspicion.ts';

export { isCardNumber } from './payment-card.ts';

/** To its end where it has one, otherwise as far as it can go on. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\w\s+/=\\:,.()-]*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[\w\s+/=\\:,.()-]*)/g;
/** `scheme://user:password@host`, also with escaped slashes. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:(?:\\{0,3}\/){2})[^\s/?#"'<>\\]{1,512}@/gi;
/** The last label of a host has letters only: `pino@10.4.0` is a package. */
const EMAIL =
  /[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)(?:[\p{L}\p{N}_-]{1,63}\.){1,8}[\p{L}]{2,24}(?![\p{L}\p{N}_])/gu;
const ELEMENT = /<([A-Za-z_][\w.:-]{0,63})([^<>]{0,256}>)([^<]+)/g;
const SLACK_HOOK = /(hooks\.slack\.com\/)(?:services|workflows|triggers)\/[\w/-]{8,}/gi;

/** `flags` say what may be there (suspicion.ts). */
export function redactSecrets(text: string, flags: number, names: SecretNames): string {
  let clean = text;
  if ((flags & DASHES) !== 0) clean = clean.replace(PRIVATE_KEY, REDACTED);
  if ((flags & ISSUED) !== 0) clean = redactIssued(clean);
  if ((flags & SCHEME) !== 0) clean = redactSchemes(clean);
  if ((flags & AT) !== 0) clean = clean.replace(USER_INFO, `$1${REDACTED}@`);
  if ((flags & ASSIGNMENT) !== 0) {
    clean = redactAssignments(clean, names);
    if (clean.includes('hooks.slack')) clean = clean.replace(SLACK_HOOK, `$1${REDACTED}`);
  }
  if ((flags & MARKUP) !== 0) clean = redactElements(clean, names);
  if ((flags & AT) !== 0) clean = clean.replace(EMAIL, REDACTED);
  if ((flags & COUNTRY) !== 0) clean = redactIbans(clean);
  if ((flags & DIGITS) !== 0) clean = redactCards(clean);
  return clean;
}

/** True when a text holds a credential, whatever else it is. */
export function holdsCredential(text: string): boolean {
  return (suspicion(text) & ISSUED) !== 0 && redactIssued(text) !== text;
}

/** `<password>…</password>`. */
function redactElements(text: string, names: SecretNames): string {
  return text.replace(ELEMENT, (all, name: string, rest: string, value: string) => {
    const local = name.slice(name.indexOf(':') + 1);
    if (value.trim() === '' || isMarker(value) || !names.read(local).secret) return all;
    return `<${name}${rest}${names.hide(local, value)}`;
  });
}
