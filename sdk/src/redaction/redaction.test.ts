import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSecretName } from './key-names.ts';
import { redactedCopy, redactedText } from './redacted-copy.ts';
import { createRedaction } from './redaction.ts';

const redaction = createRedaction();
const clean = (text: string): string => redaction.text(text, 10_000);
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';

describe('names', () => {
  test.each([
    ...['password', 'dbPassword', 'X-Api-Key', 'api_key', 'PRIVATE-KEY', 'Authorization', 'set-cookie'],
    ...[
      'cardNumber',
      'cvv',
      'refreshToken',
      'client_secret',
      'accessToken',
      'AWS_SECRET_ACCESS_KEY',
      'dbpass',
    ],
    ...[
      'X-Amz-Security-Token',
      'passcode',
      'PHPSESSID',
      'userPwd',
      'x-amz-signature',
      'seedPhrase',
      'secret_id',
    ],
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    ...['user', 'panel', 'discard', 'passenger', 'order', 'message', 'key', 'pinned', 'author', 'secretary'],
    ...[
      'tokenType',
      'token_count',
      'secretArn',
      'secretName',
      'TokenExpiredError',
      'passwordChangedAt',
      'bypass',
    ],
    ...[
      'tokenizer',
      'cookieConsent',
      'authorizationUrl',
      'compass',
      'passwordless',
      'expandable',
      'signature',
    ],
  ])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('texts', () => {
  test.each([
    ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [redacted]'],
    ['Authorization: Digest username="ann", response="6629fae4"', 'Authorization: [redacted]'],
    ['/login?password=hunter2&next=/', '/login?password=[redacted]&next=/'],
    ['{"user":"bob","password":"hunter2"}', '{"user":"bob","password":"[redacted]"}'],
    ['{"password":"a\\"b,c","n":1}', '{"password":"[redacted]","n":1}'],
    ['{\\"client_secret\\": \\"s3cr3t\\"}', '{\\"client_secret\\": \\"[redacted]\\"}'],
    ['{"pin":1234,"ok":true}', '{"pin":"[redacted]","ok":true}'],
    ['{"credentials":{"a":"}","b":[1]},"n":1}', '{"credentials":"[redacted]","n":1}'],
    ['[["authorization","x1"],["accept","*/*"]]', '[["authorization","[redacted]"],["accept","*/*"]]'],
    ['[{"name":"X-Api-Key","value":"v-1"}]', '[{"name":"X-Api-Key","value":"[redacted]"}]'],
    ["{ password: 'hunter2', user: 'bob' }", "{ password: '[redacted]', user: 'bob' }"],
    ["Map(1) { 'password' => 'hunter2' }", "Map(1) { 'password' => '[redacted]' }"],
    ['Cookie: sid=abc; theme=dark\nHost: x', 'Cookie: [redacted]\nHost: x'],
    ['postgres://app:s3cret@db.local:5432/shop', 'postgres://[redacted]@db.local:5432/shop'],
    ['Server=db;User Id=app;Password=s3cret;', 'Server=db;User Id=app;Password=[redacted];'],
    ['wrong password "letmein" for bob', 'wrong password "[redacted]" for bob'],
    ['wrong password: letmein', 'wrong password: [redacted]'],
    ['api key: 12ab34cd', 'api key: [redacted]'],
    ['<user>bob</user><password>hunter2</password>', '<user>bob</user><password>[redacted]</password>'],
    ['user%5Bpassword%5D=hunter2&a=1', 'user%5Bpassword%5D=[redacted]&a=1'],
    ['next=%2Flogin%3Ftoken%3Dabc123%26a%3D1', 'next=%2Flogin%3Ftoken%3D[redacted]%26a%3D1'],
    ['GET /cb?code=4%2F0AX4XfWh&state=9', 'GET /cb?code=[redacted]&state=9'],
    ['blob?sv=2024&sig=abc%3D&se=1', 'blob?sv=2024&sig=[redacted]&se=1'],
    ['card 4111 1111 1111 1111 123 12/27', 'card [redacted] 123 12/27'],
    ['to GB29 NWBK 6016 1331 9268 19 today', 'to [redacted] today'],
    ['mail jane.doe@example.com, müller@bücher.example', 'mail [redacted], [redacted]'],
    ['-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY----- after', '[redacted] after'],
  ])('%s becomes %s', (text, expected) => {
    expect(clean(text)).toBe(expected);
    expect(clean(expected)).toBe(expected);
  });

  test.each([
    ...['took 1763805600123 ms', 'order 4111111111111112', 'invalid token: expired', 'version 1.2.3', 'a=b'],
    ...['trace 4bf92f3577b34da6a3ce929d0e0e4736', 'password: must be at least 8 characters', 'at 12:30:05'],
    ...['basic authentication required', 'Bearer realm="orders"', 'cursor eyJpZCI6MTAsImRpciI6Im5leHQifQ=='],
    ...['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf', 'pino@10.4.0', 'a@b'],
    ...[
      "Unexpected token '}'",
      'TokenExpiredError: jwt expired',
      'https://x.example/orders/17?page=2&sort=asc',
    ],
    ...[
      'DE44500105175407324930',
      '1f0b6c5e-4111-1111-1111-111111111111',
      '2026-11-22 10:00:00.123',
      'IDs 12, 13',
    ],
    ...['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '{"tokens":512,"tokenType":"x"}'],
  ])('%s is left as it is', (text) => {
    expect(clean(text)).toBe(text);
  });

  test('a secret across the cut of a long text does not show', () => {
    for (const secret of [JWT, '4111 1111 1111 1111', 'AKIAIOSFODNN7EXAMPLE', 'GB29NWBK60161331926819']) {
      for (let at = 0; at <= secret.length; at++) {
        const cut = redactedText(`${'x'.repeat(100 - at)} ${secret}${' y'.repeat(5000)}`, 100);
        expect(cut).not.toContain(secret.slice(0, 6));
      }
    }
  });

  test('a secret where reading stops does not show either', () => {
    for (let at = 0; at < 40; at++) {
      const text = `${`${JWT} `.repeat(30)}${'z'.repeat(at)} 4111 1111 1111 1111${' y'.repeat(5000)}`;
      for (const maxChars of [500, 1000, 1500]) expect(redactedText(text, maxChars)).not.toMatch(/4111|eyJ/);
    }
  });
});

describe('values', () => {
  test('what is under a secret name is gone, what says that there is nothing stays', () => {
    expect(
      redactedCopy(
        {
          password: null,
          hasPassword: true,
          token: '',
          tokens: 512,
          pin: 1234,
          secret: { a: [1] },
          tokenType: 'jwt',
        },
        1000,
      ),
    ).toEqual({
      password: null,
      hasPassword: true,
      token: '',
      tokens: 512,
      pin: '[redacted]',
      secret: '[redacted]',
      tokenType: 'jwt',
    });
  });

  test('pairs, raw headers, arguments and collections', () => {
    const read = redactedCopy(
      {
        entries: [
          ['authorization', 'x1'],
          ['accept', '*/*'],
        ],
        raw: ['Host', 'a', 'X-Api-Key', 'x2'],
        argv: ['run', '--password', 'x3'],
        har: [{ value: 'x4', name: 'Cookie' }],
        map: new Map([['password', 'x5']]),
        headers: new Headers({ authorization: 'x6', accept: 'a' }),
        query: new URLSearchParams('token=x7&a=1&a=2'),
        url: new URL('https://u:x8@h.example/?token=x9'),
        card: 5555555555554444,
        total: 5555555555554444,
        boxed: new String('Bearer abcdefgh12345678'),
      },
      5000,
    );
    expect(read).toEqual({
      entries: [
        ['authorization', '[redacted]'],
        ['accept', '*/*'],
      ],
      raw: ['Host', 'a', 'X-Api-Key', '[redacted]'],
      argv: ['run', '--password', '[redacted]'],
      har: [{ value: '[redacted]', name: 'Cookie' }],
      map: { password: '[redacted]' },
      headers: { authorization: '[redacted]', accept: 'a' },
      query: { token: '[redacted]', a: ['1', '2'] },
      url: 'https://[redacted]@h.example/?token=[redacted]',
      card: '[redacted]',
      total: '[redacted]',
      boxed: 'Bearer [redacted]',
    });
  });

  test('names that hold secrets are cleaned and kept apart', () => {
    const text = redaction.json({ 'a@x.example': 1, 'b@x.example': 2, '[redacted]': 3 }, 1000);
    expect(text).toBe('{"[redacted] 2":1,"[redacted] 3":2,"[redacted]":3}');
    expect(
      redaction.json(
        new Map<unknown, number>([
          [1, 1],
          ['1', 2],
        ]),
        1000,
      ),
    ).toBe('{"1":1,"1 2":2}');
  });

  test('hostile values are written as best as can be', () => {
    const circular: Record<string, unknown> = { name: 'loop' };
    circular.self = circular;
    const refuse = (): never => {
      throw new Error('no');
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = {
      circular,
      big: 12n,
      symbol: Symbol('s'),
      nan: Number.NaN,
      run: () => 1,
      get broken(): string {
        throw new Error('no');
      },
      keys: new Proxy({}, { ownKeys: refuse }),
      revoked: proxy,
      json: { toJSON: refuse },
      bytes: Buffer.from('abc'),
      set: new Set([1]),
      sparse: new Array(3),
      date: new Date(0),
      never: new Date(Number.NaN),
      error: Object.assign(new AggregateError([new Error('one')], 'all'), { stack: undefined, code: 'E1' }),
    };
    expect(redactedCopy(hostile, 20_000)).toMatchObject({
      circular: { name: 'loop', self: '[circular]' },
      big: '12',
      symbol: 'Symbol(s)',
      nan: 'NaN',
      run: '[function]',
      broken: '[unreadable]',
      keys: '[unreadable]',
      revoked: '[unreadable]',
      json: '[unreadable]',
      bytes: '[3 bytes]',
      set: [1],
      sparse: [null, null, null],
      date: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      error: { name: 'AggregateError', message: 'all', code: 'E1', errors: [{ message: 'one' }] },
    });
    const endless = new Proxy([], { get: (_, name) => (name === 'length' ? 1e9 : undefined) });
    expect(redaction.json({ endless }, 20_000)).toMatch(/,null,"…\[truncated\]"\]\}$/);
  });

  test('a member named __proto__ is data and changes no prototype', () => {
    const value: unknown = JSON.parse('{"__proto__":{"admin":true},"level":"x"}');
    expect(redaction.json(value, 1000)).toBe('{"__proto__":{"admin":true},"level":"x"}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('depth, width and length are bounded, and one long text leaves room for others', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 1000; i++) deep = { deep };
    const wide = Array.from({ length: 100_000 }, (_, i) => ({ [`k${i}`]: 'x'.repeat(1000) }));
    const text = redaction.json({ long: 'x'.repeat(1e6), deep, after: 1, wide, never: 1 }, 20_000);
    expect(text.length).toBeLessThanOrEqual(20_000);
    const read = JSON.parse(text) as Record<string, unknown>;
    expect(Object.keys(read)).toEqual(['long', 'deep', 'after', 'wide']);
    expect(read.long).toMatch(/truncated\]$/);
  });

  test('any value within any bound is valid JSON of at most that length, twice the same', () => {
    const value = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withDate: true,
      withNullPrototype: true,
    });
    const long = fc.tuple(fc.constantFrom('x', '\u0000', '"', '€', '\ud800', '😀', 'eyJ', '='), fc.nat(3000));
    const any = fc.oneof(
      value,
      long.map(([unit, count]) => ({ a: unit.repeat(count), b: [1], c: 'after' })),
    );
    fc.assert(
      fc.property(any, fc.integer({ min: 64, max: 4000 }), (given, maxChars) => {
        const text = redaction.json(given, maxChars);
        expect(text.length).toBeLessThanOrEqual(maxChars);
        const read: unknown = JSON.parse(text);
        expect(JSON.parse(redaction.json(read, 100_000))).toEqual(read);
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
