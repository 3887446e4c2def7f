import { COLLECTOR_METRICS, healthLine, METRIC_NAMESPACE, METRICS } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { emfToMetrics } from '../cloudwatch/emf.ts';
import { MetricStore } from '../cloudwatch/metric-store.ts';
import type { HealthRow } from '../console/view.ts';
import { healthRows } from './health-rows.ts';
import { FUNCTIONS } from './names.ts';

const NOW = Date.parse('2026-11-22T12:00:30Z');
const MINUTE = 60_000;

/** What a collector writes to its log, as CloudWatch takes it. */
function collected(store: MetricStore, at: number, key: keyof typeof COLLECTOR_METRICS, values: number[]) {
  const line = healthLine([{ ...COLLECTOR_METRICS[key], values }], at, FUNCTIONS.collector);
  for (const input of emfToMetrics(line, NOW)) store.add(input);
}

function rowOf(store: MetricStore, metric: string): HealthRow | undefined {
  return healthRows((name, since) => store.series(name, undefined, since), NOW).find(
    (row) => row.metric === metric,
  );
}

describe('healthRows', () => {
  test('a lag is that of the newest minute, and too much of it is not right', () => {
    const store = new MetricStore();
    collected(store, NOW - MINUTE, 'lag', [9_000]);
    collected(store, NOW, 'lag', [...Array.from({ length: 19 }, () => 100), 1_900]);
    expect(rowOf(store, COLLECTOR_METRICS.lag.name)).toEqual({
      metric: 'Lag',
      label: 'Collector lag, 95th percentile',
      value: 100,
      unit: 'ms',
      expected: 'at most 2 s',
      ok: true,
    });
    collected(store, NOW, 'lag', [2_500, 2_500]);
    expect(rowOf(store, COLLECTOR_METRICS.lag.name)).toMatchObject({ value: 2_500, ok: false });
  });

  test('what was put aside is counted over the window and forgotten after it', () => {
    const store = new MetricStore();
    collected(store, NOW - 10 * MINUTE, 'quarantinedLines', [7]);
    expect(rowOf(store, COLLECTOR_METRICS.quarantinedLines.name)).toMatchObject({ value: null, ok: true });
    collected(store, NOW - 4 * MINUTE, 'quarantinedLines', [2]);
    collected(store, NOW, 'quarantinedLines', [1]);
    expect(rowOf(store, COLLECTOR_METRICS.quarantinedLines.name)).toMatchObject({
      value: 3,
      unit: 'count',
      ok: false,
    });
  });

  test('what services lost is added up over them, each once', () => {
    const store = new MetricStore();
    const lost = (dimensions: Record<string, string>, sum: number): void =>
      store.add({
        namespace: METRIC_NAMESPACE,
        name: METRICS.missingRecords.name,
        dimensions,
        unit: 'Count',
        at: NOW,
        values: [],
        statistics: { sum, count: 1, min: sum, max: sum },
      });
    lost({ Service: 'orders' }, 2);
    lost({ Service: 'inventory' }, 1);
    lost({ Service: 'orders', Route: 'GET /orders' }, 2);
    expect(rowOf(store, METRICS.missingRecords.name)).toMatchObject({ value: 3, ok: false });
  });

  test('every figure has a label of its own', () => {
    const rows = healthRows(() => [], NOW);
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    expect(new Set(rows.map(({ metric }) => metric)).size).toBe(rows.length);
    expect(rows.every(({ ok, value }) => ok && value === null)).toBe(true);
  });
});
