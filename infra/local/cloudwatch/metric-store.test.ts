import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MetricStore } from './metric-store.ts';
import { type MetricInput, readPutMetricData } from './put-metric-data.ts';

const now = Date.UTC(2026, 0, 2);
function input(name: string, value: number, at = now): MetricInput {
  const body = { Namespace: 'n', MetricData: [{ MetricName: name, Value: value, Timestamp: at / 1_000 }] };
  const [read] = readPutMetricData(body, now);
  if (read === undefined) throw new Error('nothing was read');
  return read;
}

describe('MetricStore', () => {
  test('keeps the newest minutes', () => {
    const store = new MetricStore({ maxMinutes: 3 });
    for (const minute of [5, 1, 4, 2, 3]) store.add(input('m', minute, now + minute * 60_000));
    expect(store.series('m')[0]?.datapoints.map(({ sum }) => sum)).toEqual([3, 4, 5]);
    const [recent] = store.series('m', undefined, now + 4 * 60_000);
    expect(recent?.datapoints.map(({ sum }) => sum)).toEqual([4, 5]);
  });

  test('a new series takes the place of the one that was longest unused', () => {
    const store = new MetricStore({ maxSeries: 2 });
    for (const name of ['a', 'b', 'a', 'c']) store.add(input(name, 1));
    expect(store.names().map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('a datapoint says the same as all values of its minute', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(59_999)), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const store = new MetricStore();
        for (const [value, offset] of all) store.add(input('m', value, now + offset));
        const numbers = all.map(([value]) => value);
        const [datapoint, ...others] = store.series('m')[0]?.datapoints ?? [];
        expect(others).toEqual([]);
        expect(datapoint).toMatchObject({
          at: now,
          sum: numbers.reduce((sum, value) => sum + value, 0),
          count: numbers.length,
          min: Math.min(...numbers),
          max: Math.max(...numbers),
        });
        const spread = datapoint?.values.flatMap(([value, count]) =>
          Array.from({ length: count }, () => value),
        );
        expect(spread?.sort((a, b) => a - b)).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });
});
