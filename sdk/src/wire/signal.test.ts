import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePositions } from './signal.ts';

test('positions of any length order as the numbers that they are', () => {
  const position = fc.bigInt({ min: 0n, max: 10n ** 60n });
  fc.assert(
    fc.property(position, position, (a, b) => {
      expect(Math.sign(comparePositions(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
