import { describe, expect, test } from 'vitest';
import { type RollupValues, rollupDocument } from '../testing/documents.ts';
import { readDocument } from './document-reading.ts';
import { TrafficSeries } from './traffic-series.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SECOND = NOW / 1_000;

function take(series: TrafficSeries, values: Omit<RollupValues, 'since'>, now: number = NOW): void {
  const source = JSON.stringify(rollupDocument({ since: NOW - 10_000, ...values }));
  const { reading } = readDocument({ cursor: 1, index: 'business-2026.11.22', id: 'a', source });
  if (reading.is !== 'rollup') throw new Error(`read as ${reading.is}`);
  series.take(reading.rollup, now);
}

describe('traffic by the second', () => {
  test('counts are split by outcome and land in the second of the report', () => {
    const series = new TrafficSeries();
    take(series, { at: NOW - 2_000, statuses: { 200: 5, 404: 1, 401: 2, 429: 3, 500: 1, 503: 1 } });
    take(series, { at: NOW - 1_000, statuses: { 200: 9, 404: 1, 401: 2, 429: 3, 500: 1, 503: 2 } });
    expect(series.points(NOW)).toEqual([
      { second: SECOND - 2, answered: 5, rejected: 3, refused: 3, errors: 2, p50: null, p95: null },
      { second: SECOND - 1, answered: 4, rejected: 0, refused: 0, errors: 1, p50: null, p95: null },
    ]);
  });

  test('instances of one second are added up, and a rollup that comes twice is not', () => {
    const series = new TrafficSeries();
    for (const stream of ['a', 'b', 'a', 'b']) take(series, { at: NOW, stream, statuses: { 200: 5 } });
    expect(series.points(NOW)).toMatchObject([{ answered: 10 }]);
  });

  test('latency quantiles are of the second, within 1 %', () => {
    const series = new TrafficSeries();
    take(series, { at: NOW - 1_000, statuses: { 200: 100 }, latencies: { 10: 90, 200: 10 } });
    take(series, { at: NOW, statuses: { 200: 101 }, latencies: { 10: 90, 200: 10, 1000: 1 } });
    const [before, after] = series.points(NOW);
    expect(Math.abs((before?.p50 ?? 0) - 10)).toBeLessThan(0.1);
    expect(Math.abs((before?.p95 ?? 0) - 200)).toBeLessThan(2);
    expect(Math.abs((after?.p50 ?? 0) - 1_000)).toBeLessThan(10);
  });

  test('what is older than the charts or ahead of the clock is not shown, and seconds leave with time', () => {
    const series = new TrafficSeries();
    take(series, { at: NOW - 301_000, stream: 'old', statuses: { 200: 1 } });
    take(series, { at: NOW + 60_000, stream: 'ahead', statuses: { 200: 1 } });
    take(series, { at: NOW, stream: 'now', statuses: { 200: 1 } });
    expect(series.points(NOW)).toHaveLength(1);
    expect(series.points(NOW + 301_000)).toHaveLength(0);
  });

  test('an unchanged second is the same object, a changed one is not', () => {
    const series = new TrafficSeries();
    take(series, { at: NOW, statuses: { 200: 1 } });
    const [first] = series.points(NOW);
    take(series, { at: NOW, statuses: { 200: 1 } });
    expect(series.points(NOW)[0]).toBe(first);
    take(series, { at: NOW, statuses: { 200: 2 } });
    expect(series.points(NOW)[0]).not.toBe(first);
  });
});
