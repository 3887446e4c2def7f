import { describe, expect, test } from 'vitest';
import { emfSink } from './emf/index.ts';
import { order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';
import { valueQuantile } from './wire/value-sketch.ts';

describe('what a handler counts and measures', () => {
  test('is exact in the rollups, whatever is sampled, with quantiles within 1 %', async () => {
    const { trailgate, invoke, rollups, logs } = createTestTrailgate({ sampling: { rate: 0 } });
    const values = Array.from({ length: 1000 }, (_, i) => (i + 1) / 10);
    const handler = trailgate.wrap(async () => {
      for (const value of values) trailgate.distribution('Basket', value, 'None');
      trailgate.distribution('Size', 2048, 'bytes');
      trailgate.count('Orders', 3);
      trailgate.count('Orders', 0.5);
      return { statusCode: 200 };
    });
    await invoke(handler, order());
    await invoke(handler, order());
    trailgate.flush();
    const { counters = [], distributions = [] } = rollups.at(-1)?.rollup ?? {};
    expect(counters).toEqual([{ name: 'Orders', unit: 'Count', value: 7 }]);
    const [basket, size] = distributions;
    expect(basket).toMatchObject({ name: 'Basket', unit: 'None', count: 2000, min: 0.1, max: 100, zero: 0 });
    expect(basket?.sum).toBeCloseTo(100_100, 6);
    for (const q of [0.5, 0.9, 0.99]) {
      const exact = values[Math.floor(q * 999)] ?? 0;
      expect(Math.abs((valueQuantile(basket?.buckets ?? [], q) ?? 0) - exact)).toBeLessThan(exact * 0.011);
    }
    expect(size).toMatchObject({ name: 'Size', unit: 'Bytes', count: 2, sum: 4096 });
    expect(logs).toEqual([]);
  });

  test('that is no number is left out, said once a second, and costs nothing else', async () => {
    const { trailgate, invoke, rollups, logs } = createTestTrailgate();
    const handler = trailgate.wrap(async () => {
      for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, '7', {}, null]) {
        trailgate.count('Bad', value as number);
        trailgate.distribution('Bad', value as number);
      }
      trailgate.count('', 1);
      trailgate.count('Orders', 1, 'Bananas');
      return { statusCode: 200 };
    });
    await invoke(handler, order());
    expect(logs.map(({ message }) => message)).toEqual(['counter ignored', 'distribution ignored']);
    expect(rollups.at(-1)?.rollup).toMatchObject({ counters: [], requests: [{ count: 1 }] });
  });
});

describe('a sink for metrics', () => {
  test('gets what changed instead of rollups; records go on as they were', async () => {
    const { trailgate, invoke, lines, rollups, requests, advance } = createTestTrailgate({
      metrics: emfSink({ namespace: 'Shop' }),
    });
    const handler = trailgate.wrap(async () => {
      trailgate.count('Orders');
      return { statusCode: 500 };
    });
    for (let i = 0; i < 3; i++) {
      await invoke(handler, order());
      advance(2000);
    }
    expect(rollups).toEqual([]);
    expect(requests.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    const documents = lines.map((line) => JSON.parse(line)).filter((line) => '_aws' in line);
    const sum = (name: string): number =>
      documents.reduce(
        (total, document) => total + (isOfRoute(document) ? Number(document[name] ?? 0) : 0),
        0,
      );
    expect([sum('Requests'), sum('Errors')]).toEqual([3, 3]);
    expect(documents.reduce((total, { Orders = 0 }) => total + Orders, 0)).toBe(3);
    expect(documents.filter(({ ColdStarts }) => ColdStarts === 1).length).toBe(1);
  });

  /** Documents by route are said once for the service and once by status class. */
  function isOfRoute(document: Record<string, unknown>): boolean {
    return 'Route' in document && !('StatusClass' in document);
  }

  test('that throws costs neither the records nor the answer', async () => {
    const { trailgate, invoke, requests, trail } = createTestTrailgate({
      metrics: {
        lines() {
          throw new Error('no sink');
        },
      },
    });
    const handler = trailgate.wrap(async () => {
      trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
      return { statusCode: 200 };
    });
    expect(await invoke(handler, order())).toMatchObject({ statusCode: 200 });
    trailgate.flush();
    expect([requests.length, trail.length]).toEqual([1, 1]);
  });
});
