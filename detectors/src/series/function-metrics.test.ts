import type { PlatformSignal } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import type { MetricDatum } from '../ports.ts';
import { takePlatform } from './function-metrics.ts';
import { closeAtTick, type MetricWindows } from './metric-windows.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const GRACE = 10_000;

function publishedBy(...reports: readonly Partial<PlatformSignal>[]): readonly MetricDatum[] {
  const windows: MetricWindows = new Map();
  const data = reports.flatMap((more, position) =>
    takePlatform(
      windows,
      { owner: 'orders', at: START, graceMs: GRACE },
      {
        kind: 'platform',
        at: START,
        from: { stream: 'log/a', position: String(position) },
        functionName: 'fn',
        reports: 1,
        coldStarts: 0,
        failures: 0,
        ...more,
      },
    ),
  );
  return [...data, ...closeAtTick(windows, START + 2 * MINUTE, GRACE)];
}

function valuesOf(data: readonly MetricDatum[], name: string): unknown {
  const datum = data.find((one) => one.name === name && one.dimensions[0]?.[0] === 'Function');
  return datum && { unit: datum.unit, values: datum.values, counts: datum.counts };
}

test('durations are known by their sum, number and average over all reports', () => {
  const data = publishedBy(
    { reports: 3, durationMs: 30, billedMs: 33 },
    { reports: 1, durationMs: 10, billedMs: 11, coldStarts: 1, initMs: 200 },
  );
  expect(valuesOf(data, 'Duration')).toEqual({ unit: 'Milliseconds', values: [10], counts: [4] });
  expect(valuesOf(data, 'BilledDuration')).toEqual({ unit: 'Milliseconds', values: [11], counts: [4] });
  expect(valuesOf(data, 'InitDuration')).toEqual({ unit: 'Milliseconds', values: [200], counts: [1] });
  expect(valuesOf(data, 'Invocations')).toEqual({ unit: 'Count', values: [4], counts: [1] });
});

test('headroom is the least that any report left, nothing included', () => {
  const memoryMb = 128;
  const data = publishedBy({ memoryMb, maxMemoryMb: 70 }, { memoryMb, maxMemoryMb: 128 }, { memoryMb });
  expect(valuesOf(data, 'MemoryHeadroom')).toEqual({ unit: 'Megabytes', values: [0], counts: [1] });
});

test('kinds of failure are counted where the platform told them, and nothing where it did not', () => {
  const data = publishedBy({ failures: 3, timeouts: 1, outOfMemory: 1, crashes: 1 }, { failures: 1 });
  for (const name of ['Timeouts', 'OutOfMemory', 'Crashes']) {
    expect(valuesOf(data, name)).toEqual({ unit: 'Count', values: [1], counts: [1] });
  }
  expect(valuesOf(data, 'Errors')).toEqual({ unit: 'Count', values: [4], counts: [1] });
  expect(publishedBy({}).map(({ name }) => name)).toEqual(['Invocations']);
});
