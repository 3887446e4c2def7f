import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactionRules } from './user-rules.ts';

const KEY = '0123456789abcdef-key';

describe('rules of the caller', () => {
  test('names are compared without case and separators, patterns are tried on the name', () => {
    const { json } = redactionRules({ names: ['customer_no', /^x-internal-/iy], allow: ['sessionToken'] });
    expect(
      json({ CustomerNo: 1, 'X-Internal-A': 'a', sessionToken: 'b', customerNote: 'c', token: 'd' }, 1000),
    ).toBe(
      '{"CustomerNo":"[redacted]","X-Internal-A":"[redacted]","sessionToken":"b","customerNote":"c","token":"[redacted]"}',
    );
  });

  test('names hold inside texts too', () => {
    const { text } = redactionRules({ names: ['customer_no'], allow: ['token'] });
    expect(text('customerNo=17&token=x {"customer_no":"18"}', 1000)).toBe(
      'customerNo=[redacted]&token=x {"customer_no":"[redacted]"}',
    );
  });

  test('an allowed name does not let a secret pass that is recognised by its form', () => {
    expect(redactionRules({ allow: ['token'] }).json({ token: 'AKIAIOSFODNN7EXAMPLE' }, 100)).toBe(
      '{"token":"[redacted]"}',
    );
  });

  test('values by pattern: everywhere, with their name, also in names and numbers', () => {
    const { json } = redactionRules({ patterns: [{ name: 'member', pattern: /\b77\d{4}\b/y }] });
    expect(json({ a: 'no 771234, 775678', n: 771234, m: 17.5, '779999': true }, 1000)).toBe(
      '{"[redacted:member]":true,"a":"no [redacted:member], [redacted:member]","n":"[redacted:member]","m":17.5}',
    );
  });

  test('a match is found wherever it stands in a long text', () => {
    const { text } = redactionRules({ patterns: [{ name: 'm', pattern: /M-\d{20}/g }] });
    fc.assert(
      fc.property(fc.nat(6000), (at) => {
        const given = `${'x'.repeat(at)}M-${'7'.repeat(20)}${'y'.repeat(6000 - at)}`;
        expect(text(given, 10_000)).toBe(`${'x'.repeat(at)}[redacted:m]${'y'.repeat(6000 - at)}`);
      }),
    );
  });
});

describe('hash instead of remove', () => {
  const hashing = redactionRules({
    hash: { key: KEY, names: ['user_id', 'email'], patterns: [{ name: 'customer', pattern: /CUS-\d+/ }] },
  });

  test('the same value gives the same text in every place', () => {
    const text = hashing.json(
      {
        userId: '42',
        user_id: 42,
        list: { 'User-Id': ['42', 42n] },
        body: '{"user_id":"42"} user_id=42&x=1',
        nested: JSON.stringify({ b: JSON.stringify({ userId: '42' }) }),
        map: new Map([['USER_ID', '42']]),
      },
      2000,
    );
    const hashes = text.match(/hmac:[\w-]{22}/g) ?? [];
    expect(hashes).toHaveLength(8);
    expect(new Set(hashes).size).toBe(1);
    expect(text).not.toContain('42"');
  });

  test('values with quotes and line ends have one hash as a member and inside JSON', () => {
    const value = 'a"b\\c\nd';
    const text = hashing.json({ user_id: value, body: JSON.stringify({ user_id: value }) }, 1000);
    expect(new Set(text.match(/hmac:[\w-]{22}/g)).size).toBe(1);
  });

  test('other keys give other hashes, and twice hashed is once hashed', () => {
    const other = redactionRules({ hash: { key: new Uint8Array(16), names: ['user_id'] } });
    const once = hashing.json({ user_id: 'ann' }, 100);
    expect(other.json({ user_id: 'ann' }, 100)).not.toBe(once);
    expect(hashing.json(JSON.parse(once), 100)).toBe(once);
  });

  test('by pattern, before the built-in rules; what has no value stays, structures are removed', () => {
    expect(hashing.text('for CUS-17 and CUS-17', 100)).toMatch(/^for (hmac:[\w-]{22}) and \1$/);
    expect(
      hashing.json({ email: null, user_id: { a: 1 }, list: [{ email: ['a@b.example', { x: 1 }] }] }, 200),
    ).toMatch(
      /^\{"email":null,"user_id":"\[redacted\]","list":\[\{"email":\["hmac:[\w-]{22}","\[redacted\]"\]\}\]\}$/,
    );
  });
});

describe('wrong options', () => {
  const bad = (options: unknown) => () => redactionRules(options as never);
  test.each<[unknown, string]>([
    [null, 'redaction:'],
    [{ names: 'a' }, 'redaction.names:'],
    [{ names: [''] }, 'redaction.names[0]'],
    [{ names: ['a', 7] }, 'redaction.names[1]'],
    [{ allow: [/a/] }, 'redaction.allow[0]'],
    [{ patterns: [{ name: 'a b', pattern: /a/ }] }, 'redaction.patterns[0].name'],
    [{ patterns: [{ name: 'a', pattern: 'a' }] }, 'redaction.patterns[0].pattern'],
    [{ patterns: [null] }, 'redaction.patterns[0].name'],
    [{ patterns: [{ name: 'a', pattern: /a*/ }] }, 'does not match the empty text'],
    [{ patterns: [{ name: 'a', pattern: /x(a+)+y/ }] }, 'no unbounded repetition'],
    [{ patterns: [{ name: 'a', pattern: /x(?:(a|b{2,})c?)*y/ }] }, 'no unbounded repetition'],
    [{ patterns: [{ name: 'a', pattern: /x(a+){3}y/ }] }, 'no unbounded repetition'],
    [{ patterns: [{ name: 'a', pattern: /xa+b+c+d+/ }] }, 'no unbounded repetition'],
    [{ hash: { names: ['a'] } }, 'redaction.hash.key'],
    [{ hash: { names: ['a'], key: 'short' } }, 'redaction.hash.key'],
    [{ hash: { key: KEY } }, 'redaction.hash.names'],
    [{ hash: true }, 'redaction.hash:'],
  ])('%o is refused by name', (options, told) => {
    expect(bad(options)).toThrow(
      expect.objectContaining({ code: 'TRAILGATE_CONFIG', message: expect.stringContaining(told) }),
    );
  });

  test('a key is never shown', () => {
    expect(bad({ hash: { names: ['a'], key: 'hunter2' } })).toThrow(/^(?!.*hunter2)/s);
  });

  test.each([/[(+*]a+/, /(?:\d{4}-){3}\d{4}/, /\bEMP\d{6,}\b/i, /a(b|c)d{1,9}/, /\(a+\)*b/])(
    '%o is taken',
    (pattern) => {
      expect(() => redactionRules({ patterns: [{ name: 'a', pattern }] })).not.toThrow();
    },
  );
});
