/** Secrets that no output may show: some are known by their form, others only by the name before them. */
import fc from 'fast-check';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const WORD = UPPER + LOWER + DIGITS;

function letters(alphabet: string, length: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
}

function luhn(digits: string): string {
  const sum = [...`${digits}0`]
    .reverse()
    .map((digit, i) => Number(digit) * (i % 2 === 1 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Recognised wherever they stand. Each begins with a part that shows it, also where it was cut. */
export const FORMS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  jwt: fc
    .tuple(letters(WORD, 24), letters(WORD, 43))
    .map(([subject, signature]) => `eyJhbGciOiJIUzI1NiJ9.eyJ${subject}.${signature}`),
  'aws key id': letters(UPPER + DIGITS, 16).map((rest) => `AKIA${rest}`),
  card: letters(DIGITS, 14).map((rest) => luhn(`4${rest}`)),
  email: letters(LOWER, 8).map((local) => `q${local}q@shop.example`),
  bearer: letters(WORD, 30).map((token) => `Bearer ${token}7`),
  basic: letters(WORD, 12).map((password) => `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`),
  'private key': letters(WORD, 64).map(
    (body) => `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`,
  ),
  github: letters(WORD, 36).map((rest) => `ghp_${rest}`),
  stripe: letters(WORD, 24).map((rest) => `sk_live_${rest}`),
};
export const FORMED: fc.Arbitrary<string> = fc.oneof(...Object.values(FORMS));

/** Any text, secret by its name alone. */
export const UNNAMED: fc.Arbitrary<string> = fc
  .tuple(letters(`${WORD}!#$*+-./?@^_|~`, 14), letters(DIGITS, 3))
  .map(([text, digits]) => `Q${text}${digits}Q`);
export const SECRET_NAME: fc.Arbitrary<string> = fc.constantFrom(
  'password',
  'dbPassword',
  'X-Api-Key',
  'client_secret',
  'accessToken',
  'aws_secret_access_key',
);

/** A part of a secret that must not be seen, however it is escaped or cut where it is written. */
export function tell(secret: string): string {
  const at = secret.indexOf('@');
  if (/^q[^@\s]{8}q@/.test(secret)) return secret.slice(0, at);
  const parts = secret.replace(/^(?:Bearer|Basic) |-----[A-Z ]+-----/g, '').split(/[^A-Za-z0-9]+/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
