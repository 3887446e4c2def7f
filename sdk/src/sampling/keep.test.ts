import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fnv1a64 } from './fnv1a.ts';
import { isBelow, keep, positionOf, thresholdOf, weightOf } from './keep.ts';

const traceId = fc.stringMatching(/^[0-9a-f]{32}$/);
const anyId = fc.oneof(traceId, fc.string({ maxLength: 128 }));

/** Same numbers in every run: xorshift128 (Marsaglia 2003), 32 bits each. */
function generator(): () => number {
  let [x, y, z, w] = [123456789, 362436069, 521288629, 88675123];
  return () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
}

const random = generator();
const hex = (): string => random().toString(16).padStart(8, '0');
const letters = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[random() % alphabet.length]).join('');
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ids as they come in, by their number. */
const ID_SHAPES: Readonly<Record<string, (n: number) => string>> = {
  'trace ids': () => hex() + hex() + hex() + hex(),
  UUIDs: () => {
    const [a, b, c, d] = [hex(), hex(), hex(), hex()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  },
  'ULIDs of one millisecond': (n) => `01JDXYZ0AB0000000000${n.toString(36).toUpperCase().padStart(6, '0')}`,
  'random ULIDs': () => `01JDXYZ0AB${letters(CROCKFORD, 16)}`,
  'serial numbers': (n) => `order-${n}`,
  'X-Ray roots': () => `1-67000000-${hex()}${hex()}${hex()}`,
  'request ids of API Gateway': () => `${letters(BASE64, 15)}=`,
};

describe('keep', () => {
  test('compares the low 56 bits of a trace id with the threshold, exactly at its edge', () => {
    const high = 'f'.repeat(18);
    expect(keep(`${high}7fffffffffffff`, 0.5)).toBe(true);
    expect(keep(`${high}80000000000000`, 0.5)).toBe(false);
    expect(keep(`${high}00000000000000`, 2 ** -56)).toBe(true);
    expect(keep(`${high}00000000000001`, 2 ** -56)).toBe(false);
  });

  test('rate 0 keeps none and rate 1 all', () => {
    fc.assert(fc.property(anyId, (id) => keep(id, 1) && !keep(id, 0) && !keep(id, Number.NaN)));
  });

  test('what is kept at one rate is kept at every higher rate', () => {
    const rates = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(anyId, rates, (id, [a, b]) => !keep(id, Math.min(a, b)) || keep(id, Math.max(a, b))),
    );
  });

  test.each(Object.keys(ID_SHAPES))(
    'keeps 0.1 %%, 1 %% and 10 %% of a million %s within three sigma',
    (shape) => {
      const idOf = ID_SHAPES[shape] ?? String;
      const count = 1_000_000;
      const rates = [0.001, 0.01, 0.1];
      const thresholds = rates.map(thresholdOf);
      const kept = rates.map(() => 0);
      for (let n = 0; n < count; n++) {
        const position = positionOf(idOf(n));
        thresholds.forEach((threshold, at) => {
          if (isBelow(position, threshold)) kept[at] = (kept[at] ?? 0) + 1;
        });
      }
      for (const [at, rate] of rates.entries()) {
        const sigma = Math.sqrt(count * rate * (1 - rate));
        expect(Math.abs((kept[at] ?? 0) - count * rate)).toBeLessThan(3 * sigma);
      }
    },
  );

  test('of 32 characters only lower-case hex digits are a trace id', () => {
    const upper = 'A'.repeat(32);
    const hash = fnv1a64(`${upper}\0\0`);
    expect(positionOf(upper)).toEqual({ high: hash.high & 0xffffff, low: hash.low });
    expect(positionOf('a'.repeat(32))).toEqual({ high: 0xaaaaaa, low: 0xaaaaaaaa });
  });

  test('a weight is 1/rate in the digits of the contract', () => {
    expect([weightOf(0.01), weightOf(0.3), weightOf(1), weightOf(1e-12)]).toEqual([
      100, 3.333333, 1, 999_999_999,
    ]);
  });
});

describe('FNV-1a', () => {
  test.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of %j is %s', (text, hex) => {
    const { high, low } = fnv1a64(text);
    expect(high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')).toBe(hex);
  });

  test('agrees with arithmetic on big integers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let hash = 0xcbf29ce484222325n;
        for (const byte of new TextEncoder().encode(text)) {
          hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
        }
        const { high, low } = fnv1a64(text);
        expect((BigInt(high) << 32n) | BigInt(low)).toBe(hash);
      }),
    );
  });
});
