/** Finds bank account numbers by country, length and check digits (ISO 13616, mod 97). */
import { REDACTED } from './marker.ts';

/** Countries and the length of their numbers, from the SWIFT IBAN registry. */
const LENGTHS =
  'NO15 BE16 DK|FI|FK|FO|GL|NL|SD18 MK|SI19 AT|BA|EE|KZ|LT|LU|MN|XK20 CH|HR|LI|LV21 ' +
  'BG|BH|CR|DE|GB|GE|IE|ME|RS|VA22 AE|GI|IL|IQ|OM|SO|TL23 AD|CZ|ES|MD|PK|RO|SA|SE|SK|TN|VG24 LY|PT|ST25 ' +
  'IS|TR26 BI|DJ|FR|GR|IT|MC|MR|SM27 AL|AZ|BY|CY|DO|GT|HN|HU|LB|NI|PL|SV28 BR|EG|PS|QA|UA29 JO|KW|MU|YE30 ' +
  'MT|SC31 LC32 RU33';
/** In one piece or in groups of four. */
const IBAN = new RegExp(
  `(?<![A-Z0-9])(?:${LENGTHS.replace(/(\S+)(\d\d) ?/g, (_, countries: string, length: string) => {
    const rest = Number(length) - 4;
    const last = rest % 4 === 0 ? '' : `[ -][A-Z0-9]{${rest % 4}}`;
    return `(?:${countries})\\d\\d(?:[A-Z0-9]{${rest}}|(?:[ -][A-Z0-9]{4}){${rest >> 2}}${last})|`;
  }).slice(0, -1)})(?![A-Z0-9])`,
  'gi',
);

/** What follows an account number in the same sentence stays. */
export function redactIbans(text: string): string {
  return text.replace(IBAN, (iban) => (passesMod97(iban) ? REDACTED : iban));
}

function passesMod97(iban: string): boolean {
  const bare = iban.replace(/[ -]/g, '');
  const digits = (bare.slice(4) + bare.slice(0, 4)).replace(
    /[a-z]/gi,
    (letter) => `${Number.parseInt(letter, 36)}`,
  );
  return BigInt(digits) % 97n === 1n;
}
