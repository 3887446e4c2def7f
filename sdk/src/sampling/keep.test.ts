import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fnv1a64 } from './fnv1a.ts';
import { keep, weightOf } from './keep.ts';

const traceId = fc.stringMatching(/^[0-9a-f]{32}$/);
const anyId = fc.oneof(traceId, fc.string({ maxLength: 128 }));

/** Same ids in every run: a linear congruential generator (Numerical Recipes). */
function pseudoRandomIds(count: number): string[] {
  let state = 1;
  const word = (): string => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16).toString(16).padStart(4, '0');
  };
  return Array.from({ length: count }, () => Array.from({ length: 8 }, word).join(''));
}

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

  test.each([0.001, 0.01, 0.1])('keeps a share of %d within three standard deviations', (rate) => {
    const count = 200_000;
    const spread = 3 * Math.sqrt(count * rate * (1 - rate));
    const random = pseudoRandomIds(count).filter((id) => keep(id, rate)).length;
    expect(Math.abs(random - count * rate)).toBeLessThan(spread);
    const serial = Array.from({ length: count }, (_, i) => `order-${i}`).filter((id) =>
      keep(id, rate),
    ).length;
    expect(Math.abs(serial - count * rate)).toBeLessThan(spread);
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
