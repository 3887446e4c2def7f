import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAfterSeconds } from './retry-after.ts';

test('is never earlier than the wait, at least a second and at most a quarter later', () => {
  const wait = fc.double({ min: -1000, max: 86_400_000, noNaN: true });
  const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  fc.assert(
    fc.property(wait, random, (ms, drawn) => {
      const seconds = retryAfterSeconds(ms, () => drawn);
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(Math.max(1, ms / 1000));
      expect(seconds).toBeLessThanOrEqual(Math.max(0, ms / 1000) + Math.max(1, ms / 4000) + 1);
    }),
  );
});

test('spreads clients that are refused together', () => {
  const seconds = [0, 0.25, 0.5, 0.99].map((drawn) => retryAfterSeconds(40_000, () => drawn));
  expect(seconds).toEqual([40, 43, 45, 50]);
});
