import { expect, test } from 'vitest';
import { indexName } from './index-name.ts';

const LATENESS = { lateDays: 14, earlyHours: 2 };
const LOGGED = Date.parse('2026-11-22T01:00:00Z');

test.each([
  ['2026-11-21T23:59:59.999Z', 'trail-2026.11.21'],
  ['2026-11-22T00:00:00.000Z', 'trail-2026.11.22'],
  ['2026-11-22T03:00:00.000Z', 'trail-2026.11.22'],
  ['2026-11-22T03:00:00.001Z', 'trail-late-2026.11'],
  ['2026-11-08T01:00:00.000Z', 'trail-2026.11.08'],
  ['2026-11-08T00:59:59.999Z', 'trail-late-2026.11'],
  ['2099-01-01T00:00:00.000Z', 'trail-late-2026.11'],
])('an event of %s goes to %s', (time, index) => {
  expect(indexName('trail', Date.parse(time), LOGGED, LATENESS)).toBe(index);
});
