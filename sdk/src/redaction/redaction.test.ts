import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSecretName } from './key-names.ts';
import { redactedCopy, redactedText } from './redacted-copy.ts';
import { isCardNumber, redactText } from './secret-values.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';
const SECRETS = [
  JWT,
  'AKIAIOSFODNN7EXAMPLE',
  'ASIAQ3EGRIKSRPEXAMPL',
  '4111 1111 1111 1111',
  '5555555555554444',
  'jane.doe@example.com',
];

describe('key names', () => {
  test.each([
    'password',
    'dbPassword',
    'X-Api-Key',
    'api_key',
    'PRIVATE-KEY',
    'Authorization',
    'set-cookie',
    'cardNumber',
    'cvv',
    'refreshToken',
    'client_secret',
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each(['user', 'panel', 'discard', 'passenger', 'order', 'message', 'key', 'pinned', 'author'])(
    '%s is not',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});

describe('secret values', () => {
  test.each(SECRETS)('%s does not survive inside a text', (secret) => {
    const redacted = redactText(`before ${secret} after`);
    expect(redacted).toBe('before [redacted] after');
  });

  test.each([
    ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [redacted]'],
    ['/login?password=hunter2&next=/', '/login?password=[redacted]&next=/'],
    ['{"user":"bob","password":"hunter2"}', '{"user":"bob","password":"[redacted]"}'],
    ['{\\"client_secret\\": \\"s3cr3t\\"}', '{\\"client_secret\\": \\"[redacted]\\"}'],
  ])('%s becomes %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  test.each([
    'took 1763805600123 ms',
    'order 4111111111111112',
    'invalid token: expired',
    'version 1.2.3',
    'a=b',
    'trace 4bf92f3577b34da6a3ce929d0e0e4736',
  ])('%s is left as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  test('a card number is recognised as a number too', () => {
    expect([isCardNumber(4111111111111111), isCardNumber(1763805600123), isCardNumber(0.5)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('a secret across the cut of a long text does not show', () => {
    for (let at = 0; at < JWT.length; at++) {
      expect(redactedText(`${'x'.repeat(100 - at)} ${JWT}${' y'.repeat(5000)}`, 100)).not.toMatch(/eyJ/);
    }
  });
});

describe('redacted copy', () => {
  test('planted secrets show nowhere, at any depth, in any shape', () => {
    const plant = fc.constantFrom(...SECRETS);
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        plant,
        fc.jsonValue(),
        fc.array(tie('node')),
        fc.dictionary(fc.string(), tie('node')),
        plant.map((secret) => JSON.stringify({ note: secret })),
        plant.map((secret) => new Error(`rejected ${secret}`)),
        plant.map((secret) => new Map([['at', secret]])),
        fc
          .tuple(fc.constantFrom('password', 'X-API-KEY', 'sessionToken'), fc.constant('hunter2-planted'))
          .map(([name, value]) => ({ [name]: { nested: value } })),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify(redactedCopy({ value }, 30_000));
        for (const secret of [...SECRETS, 'hunter2-planted']) expect(text).not.toContain(secret);
      }),
    );
  });

  test('hostile values are copied as best as can be', () => {
    const circular: Record<string, unknown> = { name: 'loop' };
    circular.self = circular;
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    const hostile = {
      circular,
      big: 12n,
      symbol: Symbol('s'),
      nan: Number.NaN,
      run: () => 1,
      get broken(): string {
        throw new Error('no');
      },
      proxy,
      json: {
        toJSON() {
          throw new Error('no');
        },
      },
      bytes: Buffer.from('abc'),
      set: new Set([1]),
      sparse: new Array(3),
      date: new Date(0),
      never: new Date(Number.NaN),
    };
    expect(JSON.parse(JSON.stringify(redactedCopy(hostile, 10_000)))).toEqual({
      circular: { name: 'loop', self: '[circular]' },
      big: '12',
      symbol: 'Symbol(s)',
      nan: 'NaN',
      run: '[function]',
      broken: '[unreadable]',
      proxy: '[unreadable]',
      json: '[unreadable]',
      bytes: '[3 bytes]',
      set: [1],
      sparse: [null, null, null],
      date: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
    });
  });

  test('a member named __proto__ is data and changes no prototype', () => {
    const value: unknown = JSON.parse('{"__proto__":{"admin":true},"level":"x"}');
    const text = JSON.stringify(redactedCopy(value, 1000));
    expect(text).toBe('{"__proto__":{"admin":true},"level":"x"}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('depth, width and length are bounded', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 1000; i++) deep = { deep };
    const wide = Array.from({ length: 100_000 }, (_, i) => ({ [`k${i}`]: 'x'.repeat(1000) }));
    const text = JSON.stringify(redactedCopy({ deep, wide, long: 'x'.repeat(1e6) }, 20_000));
    expect(text.length).toBeLessThan(30_000);
    expect(text).toContain('truncated');
  });
});
