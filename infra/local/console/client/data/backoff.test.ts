import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('each failure doubles the wait, up to a quarter of a minute', () => {
  expect([1, 2, 3, 4, 5, 50, 5_000].map(backoffMs)).toEqual([
    1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
});
