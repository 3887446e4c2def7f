import { bucketLatency, latencyBucket, type SeriesSignal } from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricDatum } from '../ports.ts';
import { emptyStreamTable } from '../state/stream-table.ts';
import { addMetric, closeAtTick, type MetricWindows, metricRow } from './metric-windows.ts';
import { takeSeries } from './service-series.ts';

const MINUTE = 60_000;
const GRACE = 10_000;
const START = Date.UTC(2026, 0, 1);

function series(
  position: number,
  at: number,
  counts: { readonly ok?: number; readonly failed?: number; readonly orders?: number },
  stream = 'log/a',
): SeriesSignal {
  const { ok = 0, failed = 0, orders = 0 } = counts;
  return {
    kind: 'series',
    at,
    from: { stream, position: String(position) },
    service: 'orders',
    requests: [
      { route: 'GET /a', status: 200, tenant: 'acme', count: ok },
      { route: 'GET /a', status: 503, tenant: 'acme', count: failed },
    ],
    latency: [{ route: 'GET /a', buckets: [[latencyBucket(12), ok + failed]] }],
    counters: [{ name: 'Orders', unit: 'Count', value: orders }],
  };
}

/** All that is published by the signals and a tick long after them. */
function publishedBy(signals: readonly SeriesSignal[]): readonly MetricDatum[] {
  const windows: MetricWindows = new Map();
  const table = emptyStreamTable(false);
  const data = signals.flatMap((signal) => takeSeries(table, windows, signal, GRACE));
  return [...data, ...closeAtTick(windows, START + 1_000 * MINUTE, GRACE)];
}

function sum(data: readonly MetricDatum[], name: string, dimensions: number, at?: number): number {
  return data
    .filter((datum) => datum.name === name && datum.dimensions.length === dimensions)
    .filter((datum) => at === undefined || datum.at === at)
    .flatMap(({ values, counts }) => values.map((value, place) => value * (counts[place] ?? 0)))
    .reduce((total, part) => total + part, 0);
}

describe('the series of a service', () => {
  test('take the tenants of a route from whichever signals they come in', () => {
    const of = (position: number, tenant: string, count: number): SeriesSignal => ({
      ...series(position, START + position, {}),
      requests: [{ route: 'GET /a', status: 200, tenant, count }],
    });
    const data = publishedBy([of(1, 'acme', 70), of(2, 'globex', 5), of(3, 'acme', 71), of(4, 'globex', 6)]);
    expect(sum(data, 'Requests', 1)).toBe(77);
  });

  test('are the growth of its counters in each minute, by service and by route', () => {
    const data = publishedBy([
      series(1, START + 1_000, { ok: 5, failed: 1, orders: 2 }),
      series(2, START + 30_000, { ok: 8, failed: 1, orders: 3 }),
      series(3, START + MINUTE, { ok: 9, failed: 3, orders: 3 }),
    ]);
    expect([START, START + MINUTE].map((at) => sum(data, 'Requests', 1, at))).toEqual([9, 3]);
    expect([START, START + MINUTE].map((at) => sum(data, 'Errors', 2, at))).toEqual([1, 2]);
    expect(sum(data, 'Orders', 1)).toBe(3);
    expect(data.find(({ name, at }) => name === 'Latency' && at === START)).toMatchObject({
      unit: 'Milliseconds',
      values: [bucketLatency(latencyBucket(12))],
      counts: [9],
    });
  });

  test('are published once their minute and the grace are over, and late data as a correction of their own minute', () => {
    const windows: MetricWindows = new Map();
    const table = emptyStreamTable(false);
    const take = (signal: SeriesSignal): readonly MetricDatum[] => takeSeries(table, windows, signal, GRACE);
    expect(take(series(1, START, { ok: 4 }))).toEqual([]);
    expect(closeAtTick(windows, START + MINUTE + GRACE - 1, GRACE)).toEqual([]);
    expect(sum(closeAtTick(windows, START + MINUTE + GRACE, GRACE), 'Requests', 1, START)).toBe(4);
    expect(take(series(2, START + 1, { ok: 5 }))).toEqual([]);
    expect(sum(closeAtTick(windows, START + 2 * MINUTE + GRACE, GRACE), 'Requests', 1, START)).toBe(1);
    expect(closeAtTick(windows, START + 9 * MINUTE, GRACE)).toEqual([]);
  });

  test('sum to what was counted, whichever rollups are lost or come twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ grown: fc.nat(50), afterMs: fc.nat(90_000), times: fc.nat(2) }), {
          minLength: 1,
        }),
        (rollups) => {
          let at = START;
          let ok = 0;
          let told = 0;
          const signals = rollups.flatMap(({ grown, afterMs, times }, position) => {
            at += afterMs;
            ok += grown;
            if (times > 0) told = ok;
            return Array.from({ length: times }, () => series(position, at, { ok }));
          });
          expect(sum(publishedBy(signals), 'Requests', 1)).toBe(told);
        },
      ),
    );
  });

  test('sum to the most that was told, in whatever order rollups come', () => {
    const rows = fc.array(fc.record({ ok: fc.nat(50), failed: fc.nat(5), orders: fc.nat(9) }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (grown, chance) => {
        const total = { ok: 0, failed: 0, orders: 0 };
        const told = grown.map((step, position) => {
          total.ok += step.ok;
          total.failed += step.failed;
          total.orders += step.orders;
          return series(position, START + position * 20_000, total);
        });
        const shuffled = [...told, ...told]
          .map((signal) => ({ signal, place: chance.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ signal }) => signal);
        const data = publishedBy(shuffled);
        expect(sum(data, 'Requests', 1)).toBe(total.ok + total.failed);
        expect(sum(data, 'Errors', 1)).toBe(total.failed);
        expect(sum(data, 'Orders', 1)).toBe(total.orders);
      }),
    );
  });

  test('hold the requests that were answered with 429 as throttles too', () => {
    const signal = {
      ...series(1, START, {}),
      requests: [
        { route: 'GET /a', status: 429, tenant: 'acme', count: 3 },
        { route: 'GET /a', status: 200, tenant: 'acme', count: 4 },
      ],
    };
    const data = publishedBy([signal]);
    expect([1, 2].map((dimensions) => sum(data, 'Throttles', dimensions))).toEqual([3, 3]);
    expect(sum(data, 'Requests', 1)).toBe(7);
  });

  test('are counted in full by instances that began after others were forgotten', () => {
    const instances = Array.from({ length: 1_200 }, (_, n) => ({
      ...series(1, START + n * 1_000, { ok: 2 }, `log/${n}`),
      since: START + n * 1_000 - 500,
    }));
    expect(sum(publishedBy(instances), 'Requests', 1)).toBe(2_400);
  });

  test('lose no request to routes with many latencies', () => {
    const buckets = Array.from({ length: 5_000 }, (_, n): readonly [number, number] => [n - 2_000, 1]);
    const flooded = { ...series(1, START, {}), latency: [{ route: 'GET /a', buckets }] };
    const after = {
      ...series(2, START + 1, {}),
      requests: [{ route: 'GET /b', status: 200, tenant: 'a', count: 5 }],
    };
    expect(sum(publishedBy([flooded, after]), 'Requests', 1)).toBe(5);
  });

  test('keep a counter of the user apart from our own of that name', () => {
    const signal = {
      ...series(1, START, { ok: 1 }),
      counters: [{ name: 'Requests', unit: 'Count', value: 900 }],
    };
    const data = publishedBy([signal]);
    expect(sum(data, 'Requests', 1)).toBe(1);
    expect(sum(data, 'Counter.Requests', 1)).toBe(900);
  });
});

describe('a wrong clock', () => {
  const row = metricRow('requests', [['Service', 'orders']]);

  test('far ahead does not hold back the minutes that follow', () => {
    const windows: MetricWindows = new Map();
    addMetric(windows, { owner: 'orders', at: START + 120 * MINUTE, graceMs: GRACE }, row, 1);
    addMetric(windows, { owner: 'orders', at: START, graceMs: GRACE }, row, 7);
    const data = closeAtTick(windows, START + MINUTE + GRACE, GRACE);
    expect(data).toMatchObject([{ at: START, values: [7] }]);
  });

  test('cannot open more than a bounded number of minutes, and loses nothing', () => {
    const windows: MetricWindows = new Map();
    const displaced: MetricDatum[] = [];
    for (let n = 0; n < 500; n += 1) {
      const entry = { owner: 'orders', at: START + n * MINUTE, graceMs: 10 ** 9 };
      displaced.push(...addMetric(windows, entry, row, 1));
    }
    const open = windows.get('orders')?.minutes.size ?? 0;
    expect(open).toBeLessThanOrEqual(64);
    expect(displaced.length + open).toBe(500);
  });
});
