import { describe, expect, test } from 'vitest';
import { columnsOf, lastMinute } from './chart-data.ts';

const NOW = Date.parse('2026-11-22T12:00:00.500Z');
const SECOND = Math.floor(NOW / 1_000);
const point = (second: number, answered: number, p50: number | null = null) => ({
  second,
  answered,
  rejected: 0,
  refused: 0,
  errors: 0,
  p50,
  p95: p50,
});

describe('chart data', () => {
  test('quiet seconds are zero for counts, unknown for the last ones, and gaps for latency', () => {
    const [seconds, answered, p50] = columnsOf([point(SECOND - 10, 4, 12)], ['answered', 'p50'], NOW);
    expect([seconds[0], seconds.at(-1), seconds.length]).toEqual([SECOND - 299, SECOND, 300]);
    expect(answered?.slice(-12)).toEqual([0, 4, 0, 0, 0, 0, 0, 0, 0, null, null, null]);
    expect(p50?.slice(-12, -9)).toEqual([null, 12, null]);
  });

  test('the last minute is a sum for counts and the latest value for latency', () => {
    const points = [
      point(SECOND - 200, 9),
      point(SECOND - 30, 4, 12),
      point(SECOND - 20, 5, 15),
      point(SECOND, 1),
    ];
    expect(lastMinute(points, 'answered', NOW)).toBe(10);
    expect(lastMinute(points, 'p50', NOW)).toBe(15);
    expect(lastMinute([], 'p50', NOW)).toBeNull();
    expect(lastMinute([], 'errors', NOW)).toBe(0);
  });
});
