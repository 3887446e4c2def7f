/** Finds secrets in text by the way they look and writes a marker in their place. */

export const REDACTED = '[redacted]';

/** Nothing below can match a text without one of these; most texts end here. */
const SUSPICIOUS = /eyJ|A[KS]IA|bearer|basic|@|=|":|\\"|-----BEGIN|\d[ -]?\d{3}[ -]?\d{3}/i;

/** Cut short ones match too, so that a truncated text gives nothing away. */
const JWT = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;
const AWS_ACCESS_KEY_ID = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
const AUTHORIZATION = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w\s+/=\\-]*/g;
/** `password=…` in query strings and forms, `"password":"…"` in JSON that was logged as text. */
const ASSIGNMENT =
  /((?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|private[_-]?key|authorization|cookie)[\w-]{0,30}(?:=|\\*"\s{0,4}:\s{0,4}))(\\*"[^"\\]*|[^\s&;,"}]+)/gi;
const EMAIL = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
/** Fourteen digits at least: thirteen are epoch milliseconds. Issuers begin with 2 to 6. */
const CARD = /(?<![\d.])[2-6](?:[ -]?\d){13,18}(?![\d.])/g;

export function redactText(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return text
    .replace(PRIVATE_KEY, REDACTED)
    .replace(JWT, REDACTED)
    .replace(AWS_ACCESS_KEY_ID, REDACTED)
    .replace(AUTHORIZATION, `$1 ${REDACTED}`)
    .replace(ASSIGNMENT, (_, name: string, value: string) => `${name}${openingQuote(value)}${REDACTED}`)
    .replace(EMAIL, REDACTED)
    .replace(CARD, (digits) => (passesLuhn(digits) ? REDACTED : digits));
}

/** A number that is a payment card's. */
export function isCardNumber(value: number): boolean {
  return (
    Number.isSafeInteger(value) &&
    value >= 2e13 &&
    new RegExp(`^${CARD.source}$`).test(String(value)) &&
    passesLuhn(String(value))
  );
}

/** True when a text holds a credential, whatever else it is. */
export function holdsCredential(text: string): boolean {
  return text.search(JWT) >= 0 || text.search(AWS_ACCESS_KEY_ID) >= 0;
}

function openingQuote(value: string): string {
  return value.startsWith('"') ? '"' : value.startsWith('\\') ? value.slice(0, value.indexOf('"') + 1) : '';
}

/** Check digit of ISO/IEC 7812. */
function passesLuhn(text: string): boolean {
  let sum = 0;
  let double = false;
  for (let i = text.length - 1; i >= 0; i--) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) continue;
    const value = double ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
    double = !double;
  }
  return sum % 10 === 0;
}
