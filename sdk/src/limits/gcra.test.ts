import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitsFrom, emptyAt, headroom, interval } from './gcra.ts';

const limit = fc.record({
  rate: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
  burst: fc.integer({ min: 1, max: 1000 }),
});
const now = fc.integer({ min: 0, max: 1_000_000_000 });

test('a full bucket admits its burst and then one each interval', () => {
  const five = { rate: 5, burst: 3 };
  expect(interval(five)).toBe(200_000);
  expect(headroom(0, 1_000_000, five)).toBe(3);
  expect(headroom(emptyAt(1_000_000, five), 1_000_000, five)).toBe(0);
  expect(headroom(emptyAt(1_000_000, five), 1_200_000, five)).toBe(1);
});

test('a refused request is admitted at the moment that is named, and not a microsecond before', () => {
  fc.assert(
    fc.property(limit, now, (of, at) => {
      const tat = emptyAt(at, of);
      const from = admitsFrom(tat, of);
      expect(headroom(tat, from, of)).toBe(1);
      expect(headroom(tat, from - 1, of)).toBe(0);
    }),
  );
});

test('rounding never admits more than the rate', () => {
  fc.assert(
    fc.property(limit, (of) => {
      expect(1_000_000 / interval(of)).toBeLessThanOrEqual(of.rate);
    }),
  );
});
