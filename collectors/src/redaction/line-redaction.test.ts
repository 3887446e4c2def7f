import { redactionRules } from '@trailgate/sdk/redaction';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineRedaction, type LineRedaction } from './line-redaction.ts';
import { FORMED, SECRET_NAME, UNNAMED } from './planted-secrets.test-data.ts';

const redaction = createLineRedaction();
const sdk = redactionRules({});
const HASHING = redactionRules({
  names: ['customer_no'],
  patterns: [{ name: 'voucher', pattern: /VCH-\d{4}/ }],
  hash: { key: '0123456789abcdef', names: ['user_id'] },
});
const hashing = createLineRedaction(HASHING);

/** Names and texts in which no rule sees anything. */
const plainName = fc.string({ unit: fc.constantFrom(...'abcdefgh_'), maxLength: 5 });
/** As many digits as a payment card has, and about one in ten such numbers passes for one. */
const isLongNumber = (value: number): boolean =>
  /^-?[\d.]+$/.test(String(value)) && String(value).length > 13;
const plainNumber = fc.double().filter((value) => !isLongNumber(value));
const plainJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: fc.constantFrom(...'abcé€😀\u0001\ud800"\\n \t') }),
    plainNumber,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(plainName, tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** JSON with secrets of every kind among plain values. */
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  FORMED,
  SECRET_NAME,
  fc.tuple(SECRET_NAME, UNNAMED).map(([name, secret]) => `${name}=${secret}`),
  fc.constantFrom('name', 'value', 'key', '--password', '[redacted]', 'user_id', 'customerNo', 'VCH-1234'),
);
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(4111111111111111, null, true, 17),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 5 }),
  ),
})).value;

describe('json', () => {
  test.each([
    ['built-in', redaction],
    ['own', hashing],
  ])('by %s rules loses nothing where nothing is secret', (_, { json, holdsNothingSecret }) => {
    fc.assert(
      fc.property(plainJson, (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(json(plain)).toBe(JSON.stringify(plain));
        expect(holdsNothingSecret(plain)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('any JSON is written without loss, or without what holdsNothingSecret denies', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = redaction.json(value);
        expect(text === JSON.stringify(value)).toBe(redaction.holdsNothingSecret(value));
      }),
      { numRuns: 500 },
    );
  });

  test('long, deep and wide values are whole', () => {
    const value = {
      long: 'x y '.repeat(100_000),
      wide: Array.from({ length: 5_000 }, (_, i) => ({ [`n${i}`]: i })),
      deep: JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown,
      [`${'n'.repeat(600)}`]: 1,
    };
    expect(redaction.json(value)).toBe(JSON.stringify(value));
    expect(JSON.parse(redaction.json({ ...value, password: 'hunter2' }))).toEqual({
      ...value,
      password: '[redacted]',
    });
  });

  test.each([
    ['built-in', redaction, sdk],
    ['own', hashing, HASHING],
  ])('hides by %s rules what the SDK hides', (_, { json }, rules) => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        const bounded = rules.json(plain, 1e9);
        // Only there is something cut; only here are escapes seen through, and what is hidden already left as it is.
        const differs = /…\[truncated|\\\\(?:u00|x)[2-7]/.test(bounded + JSON.stringify(plain));
        fc.pre(!differs && !/"\[redacted/.test(JSON.stringify(plain)));
        expect(json(plain)).toBe(bounded);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['built-in', redaction],
    ['own', hashing],
  ])('by %s rules twice is once, and JSON', (_, { json }) => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const once = json(value);
        expect(json(JSON.parse(once))).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  test('pairs, header lists, arguments, structures, numbers and names', () => {
    const value = {
      httpRequest: {
        headers: [
          { name: 'Host', value: 'h' },
          { name: 'Authorization', value: 'x1' },
        ],
      },
      raw: ['Host', 'h', 'X-Api-Key', 'x2'],
      argv: ['run', '--password', 'x3'],
      credentials: { a: ['x4'] },
      pin: 4711,
      card: 4111111111111111,
      hasPassword: true,
      'a@shop.example': 1,
      'b@shop.example': 2,
    };
    expect(JSON.parse(redaction.json(value))).toEqual({
      httpRequest: {
        headers: [
          { name: 'Host', value: 'h' },
          { name: 'Authorization', value: '[redacted]' },
        ],
      },
      raw: ['Host', 'h', 'X-Api-Key', '[redacted]'],
      argv: ['run', '--password', '[redacted]'],
      credentials: '[redacted]',
      pin: '[redacted]',
      card: '[redacted]',
      hasPassword: true,
      '[redacted]': 1,
      '[redacted] 2': 2,
    });
  });

  test('what a rule of the function has hashed or named stays, so that its records stay whole', () => {
    const value = { token: `hmac:${'a'.repeat(22)}`, secret: '[redacted:voucher]', password: 'x' };
    expect(JSON.parse(redaction.json(value))).toEqual({ ...value, password: '[redacted]' });
  });

  test('a member that is named twice the same way in many an object stays apart in all of them', () => {
    const value = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`u${i}@shop.example`, i]));
    const read = JSON.parse(redaction.json(value)) as object;
    expect(Object.keys(read)).toHaveLength(3_000);
    expect(Object.values(read)).toEqual(Object.values(value));
  });
});

describe('verdicts', () => {
  test.each<[string, LineRedaction]>([
    ['built-in', redaction],
    ['own', hashing],
  ])('by %s rules agree with json', (_, { json, name, isClean }) => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        fc.pre(isPassed(plain, { name, isClean }));
        expect(json(plain)).toBe(JSON.stringify(plain));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['basket', 'plain'],
    ['name', 'plain'],
    ['value', 'pair'],
    ['accessToken', 'secret'],
    ['a@shop.example', 'secret'],
    ['n'.repeat(300), 'secret'],
  ])('the name %s is %s', (name, verdict) => {
    expect(redaction.name(name)).toBe(verdict);
  });

  test('rules of a deployment are asked about every text', () => {
    expect([redaction.everyText, hashing.everyText]).toEqual([false, true]);
    expect(hashing.isClean('VCH-1234')).toBe(false);
    expect(hashing.name('customerNo')).toBe('secret');
  });
});

/** As somebody would judge who only has the verdicts: each name, text, number and item of a list by itself. */
function isPassed(value: unknown, verdicts: Pick<LineRedaction, 'name' | 'isClean'>): boolean {
  if (typeof value === 'string') return verdicts.isClean(value);
  if (typeof value === 'number') return verdicts.isClean(`${value}`);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    return value.every((item: unknown) => {
      const names = typeof item === 'string' && item.length <= 64 && verdicts.name(item) !== 'plain';
      return !names && isPassed(item, verdicts);
    });
  }
  return Object.entries(value).every(
    ([name, member]) => verdicts.name(name) === 'plain' && isPassed(member, verdicts),
  );
}

describe('text', () => {
  test.each([
    [
      'nginx',
      '"GET /login?password=hunter2 HTTP/1.1" 200 "-" "{\\x22pin\\x22:\\x221234\\x22,\\x22a\\x22:1}"',
    ],
    [
      'curl',
      "curl -H 'Authorization: Bearer abcdef0123456789' --password hunter2 https://ann:1234@h.example",
    ],
    [
      'a connection string',
      'Server=db;User Id=app;Password=hunter2;Pin=1234; postgres://app:hunter2@db:5432/shop',
    ],
    ['JSON of .NET in a text', 'INFO {\\u0022password\\u0022:\\u0022hunter2\\u0022,\\u0022n\\u0022:1}'],
    ['JSON of Gson in a text', 'INFO {"url":"/a?b\\u003d1\\u0026password\\u003dhunter2\\u0026c\\u003d1"}'],
  ])('%s shows no secret', (_, text) => {
    expect(redaction.text(text)).not.toMatch(/hunter2|1234|abcdef/);
    expect(redaction.text(redaction.text(text))).toBe(redaction.text(text));
  });

  test.each([
    'sshd[1]: Failed password for invalid user bob from 203.0.113.7 port 22 ssh2',
    'a\\x22b',
    '\\u003d',
  ])('%s is left as it is', (text) => {
    expect(redaction.text(text)).toBe(text);
  });

  // Any of them takes minutes where the time grows with the square of the length.
  const CHARS = 262_144;
  test.each([
    ...[
      'eyJ',
      '-eyJ',
      '=',
      'password=',
      'password="',
      '\\',
      '"',
      '\\"',
      'a@',
      '4111 ',
      '<a>',
      '\\x22',
      '\\u0022:',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      'bearer ',
      '--password ',
      '://a',
      'token:[',
      '["authorization","',
      'é@é.',
    ],
  ])('a long text of %s is read', (unit) => {
    const text = unit.repeat(CHARS / unit.length);
    expect(redaction.text(text).length).toBeGreaterThan(0);
  });

  test.each([')', ',', '\\', '.', '"'])('a long text of %s behind a secret name is read', (unit) => {
    for (const name of ['password=', 'cookie:', 'seed phrase: ']) {
      expect(redaction.text(`${name}${unit.repeat(CHARS)}x`)).toContain(name);
    }
  });
});
