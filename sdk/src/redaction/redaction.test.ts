import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactedCopy } from './redacted-copy.ts';
import { createRedaction } from './redaction.ts';

const redaction = createRedaction();

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
