import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogLine, type LogCall } from '../logger/log-line.ts';
import { createRedaction } from './redaction.ts';

const line = createLogLine();
const redaction = createRedaction();

function letters(alphabet: string, length: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
}

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const WORD = UPPER + LOWER + DIGITS;
const URL_SAFE = `${WORD}-_`;

function luhn(digits: string): string {
  for (const check of DIGITS) {
    let sum = 0;
    [...(digits + check)].reverse().forEach((digit, i) => {
      const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
    if (sum % 10 === 0) return digits + check;
  }
  return digits;
}

function iban(country: string, account: string): string {
  const numeric = [...`${account}${country}00`].map((c) => Number.parseInt(c, 36)).join('');
  return `${country}${String(98n - (BigInt(numeric) % 97n)).padStart(2, '0')}${account}`;
}

const groups = (text: string, by: string): string => text.replace(/(.{4})(?=.)/g, `$1${by}`);
const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** Recognised by their form, wherever they stand. */
const FORMS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  jwt: fc
    .tuple(
      fc.constantFrom('{"alg":"HS256"}', '{"typ":"JWT","alg":"RS256"}'),
      letters(WORD, 20),
      letters(URL_SAFE, 43),
    )
    .map(([header, subject, signature]) => {
      const part = (text: string): string => Buffer.from(text).toString('base64url');
      return `${part(header)}.${part(`{"sub":"${subject}"}`)}.${signature}`;
    }),
  'aws key id': fc
    .tuple(fc.constantFrom('AKIA', 'ASIA'), letters(UPPER + DIGITS, 16))
    .map((parts) => parts.join('')),
  card: fc
    .tuple(
      fc.oneof(
        letters(DIGITS, 14).map((rest) => luhn(`4${rest}`)),
        letters(DIGITS, 13).map((rest) => luhn(`55${rest}`)),
        letters(DIGITS, 12).map((rest) => luhn(`37${rest}`)),
      ),
      fc.constantFrom('', ' ', '-'),
    )
    .map(([digits, by]) => (by === '' || digits.length < 16 ? digits : groups(digits, by))),
  iban: fc.oneof(
    letters(DIGITS, 18).map((account) => iban('DE', account)),
    fc.tuple(letters(UPPER, 4), letters(DIGITS, 14)).map((parts) => iban('GB', parts.join(''))),
    letters(DIGITS, 18).map((account) => groups(iban('DE', account), ' ')),
  ),
  email: fc
    .tuple(
      letters(`${LOWER}${DIGITS}._+`, 9),
      letters(LOWER, 7),
      fc.constantFrom('com', 'co.uk', 'example', 'io'),
    )
    .map(([local, host, tld]) => `q${local}q@${host}.${tld}`),
  bearer: letters(`${WORD}-._~`, 30).map((token) => `Bearer ${token}7`),
  basic: letters(WORD, 12).map((password) => `Basic ${encoded(`ann:${password}`)}`),
  'private key': letters(WORD, 64).map(
    (body) => `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`,
  ),
  'cut private key': letters(WORD, 64).map((body) => `-----BEGIN PRIVATE KEY-----\n${body}`),
  github: fc.tuple(fc.constantFrom('ghp_', 'gho_', 'ghs_'), letters(WORD, 36)).map((parts) => parts.join('')),
  slack: letters(WORD, 24).map((rest) => `xoxb-123456789012-123456789012-${rest}`),
  stripe: fc
    .tuple(fc.constantFrom('sk_live_', 'rk_live_', 'sk_test_'), letters(WORD, 24))
    .map((p) => p.join('')),
  google: letters(URL_SAFE, 35).map((rest) => `AIza${rest}`),
};

/** Any text, secret by its name alone. Free of what separates pairs in the carriers themselves. */
const UNNAMED = fc
  .tuple(letters(`${WORD}!#$*+-./?@^_|~`, 14), letters(DIGITS, 3))
  .map(([text, digits]) => `Q${text}${digits}Q`);
const SECRET_NAME = fc.constantFrom(
  ...[
    'password',
    'dbPassword',
    'X-Api-Key',
    'client_secret',
    'accessToken',
    'PASSWD',
    'aws_secret_access_key',
  ],
);

/** Where a secret that is recognised by its form may stand. */
const CARRIERS: Readonly<Record<string, (secret: string) => Partial<LogCall>>> = {
  message: (secret) => ({ message: secret }),
  template: (secret) => ({ message: `user said "${secret}" (twice: ${secret}), and left` }),
  field: (secret) => ({ fields: { note: secret } }),
  nested: (secret) => ({ fields: { a: { b: [{ c: [secret] }] } } }),
  list: (secret) => ({ fields: ['a', secret] }),
  name: (secret) => ({ fields: { [secret]: 1, [`${'n'.repeat(250)} ${secret}`]: 1 } }),
  key: (secret) => ({ keys: { note: secret, [secret]: 1 } }),
  json: (secret) => ({ message: JSON.stringify({ a: { b: secret } }) }),
  'json in json': (secret) => ({ fields: { body: JSON.stringify({ b: JSON.stringify({ c: [secret] }) }) } }),
  error: (secret) => ({ error: new Error(`failed: ${secret}`) }),
  cause: (secret) => ({ error: new Error('failed', { cause: new Error(secret) }) }),
  aggregate: (secret) => ({ error: new AggregateError([new Error(secret), secret], 'all') }),
  'error in fields': (secret) => ({ fields: { inner: new Error(secret, { cause: { detail: secret } }) } }),
  map: (secret) => ({
    fields: {
      map: new Map<unknown, unknown>([
        ['a', secret],
        [secret, new Set([secret])],
      ]),
    },
  }),
  header: (secret) => ({ fields: { headers: { 'x-note': secret, via: [secret] } } }),
  'raw header': (secret) => ({ fields: { rawHeaders: ['X-Note', secret, 'Host', 'x'] } }),
  url: (secret) => ({ message: `GET https://x.example/a?q=${secret.replaceAll('\n', '')}&b=1` }),
  inspected: (secret) => ({ message: inspect({ deep: { note: secret } }, { depth: 5 }) }),
  thrown: (secret) => ({ error: secret }),
  json2: (secret) => ({ fields: { toJSON: () => ({ note: secret }) } }),
  message2: (secret) => ({ message: { note: secret } }),
};

/** Where a secret without a form stands behind its name. */
const NAMED: Readonly<Record<string, (name: string, secret: string) => Partial<LogCall>>> = {
  field: (name, secret) => ({ fields: { [name]: secret } }),
  nested: (name, secret) => ({ fields: { a: [{ [name]: { value: [secret] } }] } }),
  key: (name, secret) => ({ keys: { [name]: secret } }),
  entries: (name, secret) => ({
    fields: {
      list: [
        [name, secret],
        ['a', 'b'],
      ],
    },
  }),
  flat: (name, secret) => ({ fields: { list: ['a', 'b', name, secret] } }),
  map: (name, secret) => ({ fields: { map: new Map([[name, secret]]) } }),
  pair: (name, secret) => ({ fields: { list: [{ name, value: secret }] } }),
  form: (name, secret) => ({ fields: { form: new URLSearchParams([[name, secret]]) } }),
  json: (name, secret) => ({ message: JSON.stringify({ a: 1, [name]: secret, b: 2 }) }),
  'json in json in json': (name, secret) => ({
    fields: { body: JSON.stringify(JSON.stringify({ b: JSON.stringify({ [name]: secret }) })) },
  }),
  'pretty json': (name, secret) => ({ message: JSON.stringify({ [name]: secret, n: [1] }, undefined, 2) }),
  'structure in json': (name, secret) => ({
    message: JSON.stringify({ [name]: { a: ['}"', secret] }, n: 1 }),
  }),
  'pair in json': (name, secret) => ({ message: JSON.stringify([{ name, value: secret }, [name, secret]]) }),
  inspected: (name, secret) => ({ message: inspect({ [name]: secret, map: new Map([[name, secret]]) }) }),
  'name of a member': (name, secret) => ({
    fields: { [`${name}=${secret}`]: 1 },
    keys: { [`?${name}=${secret}&a=1`]: 1 },
  }),
  query: (name, secret) => ({ message: `GET /login?a=1&${name}=${encodeURIComponent(secret)}&b=2` }),
  error: (name, secret) => ({ error: new Error(`login failed, ${name}=${secret}`) }),
  prose: (name, secret) => ({ message: `rejected ${name}: ${secret}` }),
  quoted: (name, secret) => ({ message: `rejected ${name} '${secret}' of bob` }),
  element: (name, secret) => ({ message: `<a><${name}>${secret}</${name}></a>` }),
  arguments: (name, secret) => ({ fields: { argv: ['node', `--${name}`, secret] } }),
  'header line': (_, secret) => ({ message: `POST / HTTP/1.1\r\nCookie: a=1; sid=${secret}\r\nHost: x` }),
  userinfo: (_, secret) => ({ fields: { url: `https://ann:${encodeURIComponent(secret)}@h.example/` } }),
};

function written(given: Partial<LogCall>): string {
  return line({ level: 'INFO', message: 'm', fields: undefined, error: undefined, ...given }, '');
}

/** Parts of a secret that must not be seen: it may be escaped, encoded or cut where it is written. */
function tell(secret: string): string {
  const at = secret.indexOf('@');
  if (/^q[^@\s]{9}q@/.test(secret)) return secret.slice(0, at);
  const parts = secret.replace(/^(?:Bearer|Basic) |-----[A-Z ]+-----/g, '').split(/[^A-Za-z0-9]+/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

describe('planted secrets', () => {
  for (const [kind, secrets] of Object.entries(FORMS)) {
    test.each(Object.entries(CARRIERS))(`${kind} shows in no %s`, (_, carrier) => {
      fc.assert(
        fc.property(secrets, (secret) => {
          expect(written(carrier(secret))).not.toContain(tell(secret));
        }),
        { numRuns: 20 },
      );
    });
  }

  test.each(Object.entries(NAMED))('a value behind a secret name shows in no %s', (_, carrier) => {
    fc.assert(
      fc.property(SECRET_NAME, UNNAMED, (name, secret) => {
        expect(written(carrier(name, secret))).not.toContain(tell(secret));
      }),
      { numRuns: 200 },
    );
  });

  test('several at once among other data, within any bound', () => {
    const secret = fc.oneof(...Object.values(FORMS));
    const filler = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filler, secret), { maxLength: 8 }),
        fc.integer({ min: 64, max: 3000 }),
        (parts, max) => {
          const text = parts.map(([before, planted]) => `${before} ${planted}`).join(' ');
          const tree = { text, list: parts, inner: { [text]: text } };
          for (const output of [
            redaction.text(text, max),
            redaction.json(tree, max),
            redaction.literal(text, max),
          ]) {
            for (const [, planted] of parts) expect(output).not.toContain(tell(planted));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what only looks like a secret', () => {
  const hex = (length: number): fc.Arbitrary<string> => letters('0123456789abcdef', length);
  test.each<[string, fc.Arbitrary<string>]>([
    ['uuid', fc.uuid()],
    ['trace id', hex(32)],
    ['digest', hex(64)],
    [
      'timestamp',
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString()),
    ],
    ['epoch', fc.integer({ min: 1e12, max: 3e12 }).map(String)],
    [
      'nanoseconds',
      fc.bigInt({ min: 1_600_000_000_000_000_000n, max: 1_999_999_999_999_999_999n }).map(String),
    ],
    ['order number', letters(DIGITS, 9).map((number) => `ORD-2026-${number}`)],
    ['ulid', letters('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 25).map((rest) => `0${rest}`)],
    ['arn', letters(LOWER, 8).map((name) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`)],
    ['path', letters(LOWER, 8).map((name) => `https://x.example/${name}/17?page=2&sort=-at#top`)],
    ['cursor', letters(DIGITS, 6).map((id) => encoded(`{"id":${id},"dir":"next"}`))],
    [
      'version',
      fc.tuple(fc.nat(99), fc.nat(99)).map(([minor, patch]) => `@aws-sdk/client-sqs@3.${minor}.${patch}`),
    ],
    ['address', fc.ipV4()],
    ['address 6', fc.ipV6()],
    ['number', fc.double({ min: -1e12, max: 1e12, noNaN: true }).map(String)],
  ])('a %s stays', (_, values) => {
    fc.assert(
      fc.property(values, (text) => {
        expect(JSON.parse(redaction.json({ id: text, [text]: [text] }, 2000))).toEqual({
          id: text,
          [text]: [text],
        });
        expect(redaction.text(`got ${text}, went on`, 2000)).toBe(`got ${text}, went on`);
      }),
      { numRuns: 300 },
    );
  });
});
