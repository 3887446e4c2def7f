import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  COLLECTOR_METRICS,
  METRIC_UNITS,
  PIPELINE_NAMESPACE,
} from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelEffort } from '../batch-summary.ts';
import { type BatchFacts, batchFacts } from './batch-facts.ts';
import { type EmfOptions, emfMetrics } from './emf-metrics.ts';
import { ownGroups } from './own-groups.ts';

const AT = Date.UTC(2026, 10, 22, 10);
const IDLE: ChannelEffort = {
  calls: 0,
  bytes: 0,
  retries: 0,
  halvings: 0,
  rejected: 0,
  undelivered: 0,
  callMs: [],
  failures: {},
};
const FACTS: BatchFacts = {
  at: AT,
  durationMs: 120,
  oldestArrival: AT - 5_000,
  newestArrival: AT - 700,
  dataBytes: 36_000,
  records: 9,
  unreadable: 1,
  controlMessages: 1,
  lines: 3_000,
  business: 2_800,
  trail: 150,
  platform: 40,
  quarantined: 8,
  undelivered: 2,
  ownLines: 3,
  repeated: 12,
  signals: 60,
  partial: true,
  memoryBytes: 90_000_000,
  index: {
    business: {
      ...IDLE,
      calls: 3,
      bytes: 9_000_000,
      retries: 4,
      halvings: 1,
      callMs: [30, 90, 45],
      failures: { ECONNRESET: 2 },
    },
    trail: { ...IDLE, calls: 1, bytes: 90_000, callMs: [12] },
  },
};

/** Every metric that a collector can say, with its unit. */
const KNOWN = new Map<string, string>([
  ...Object.values(COLLECTOR_METRICS).map(({ name, unit }) => [name, unit] as const),
  ...Object.values(CHANNEL_PREFIXES).flatMap((prefix) =>
    Object.values(CHANNEL_METRICS).map(({ name, unit }) => [`${prefix}${name}`, unit] as const),
  ),
]);

interface Emf {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

function reported(facts: BatchFacts, options?: EmfOptions): { readonly line: string; readonly emf: Emf } {
  const lines: string[] = [];
  emfMetrics((line) => lines.push(line), options).report(facts);
  expect(lines).toHaveLength(1);
  const [line = ''] = lines;
  return { line, emf: JSON.parse(line) as Emf };
}

describe('the line of a batch', () => {
  test('says every metric with its unit, under the name of the function', () => {
    const { emf } = reported(FACTS, { functionName: 'trailgate-collector' });
    const { Timestamp, CloudWatchMetrics } = emf._aws;
    expect(Timestamp).toBe(AT);
    expect(CloudWatchMetrics).toHaveLength(1);
    const { Namespace, Dimensions, Metrics } = CloudWatchMetrics[0] ?? {};
    expect({ Namespace, Dimensions }).toEqual({
      Namespace: PIPELINE_NAMESPACE,
      Dimensions: [['Function']],
    });
    expect(new Map((Metrics ?? []).map(({ Name, Unit }) => [Name, Unit]))).toEqual(KNOWN);
    expect(emf).toMatchObject({
      Function: 'trailgate-collector',
      Lag: 700,
      OldestRecordAge: 5_000,
      PartialBatches: 1,
      QuarantinedLines: 8,
      UndeliveredLines: 2,
      OwnLines: 3,
      Memory: 90_000_000,
      BusinessIndexLatency: [30, 90, 45],
      BusinessIndexHalvings: 1,
      TrailIndexLatency: 12,
      TrailIndexRetries: 0,
    });
  });

  test('leaves out what nobody measured, and has no dimension without a name', () => {
    const quiet = { ...FACTS, memoryBytes: undefined, oldestArrival: undefined, newestArrival: undefined };
    const { emf } = reported({ ...quiet, index: { business: IDLE, trail: IDLE } });
    expect(emf._aws.CloudWatchMetrics[0]?.Dimensions).toEqual([[]]);
    for (const name of ['Lag', 'OldestRecordAge', 'Memory', 'TrailIndexLatency', 'Function']) {
      expect(emf).not.toHaveProperty(name);
    }
  });

  test('keeps the lowest, the highest and the median of more calls than it has room for', () => {
    const callMs = Array.from({ length: 5_001 }, (_, n) => (n * 7_919) % 5_001);
    const { emf } = reported({ ...FACTS, index: { business: { ...IDLE, callMs }, trail: IDLE } });
    const values = emf.BusinessIndexLatency as readonly number[];
    expect(values).toHaveLength(100);
    expect([values.at(0), values.at(-1)]).toEqual([0, 5_000]);
    expect(Math.abs((values[50] ?? 0) - 2_500)).toBeLessThan(50);
  });

  test('is valid whatever the numbers and the name are', () => {
    const number = fc.double();
    const channel = fc.record({
      calls: number,
      bytes: number,
      retries: number,
      halvings: number,
      rejected: number,
      undelivered: number,
      callMs: fc.array(number, { maxLength: 300 }),
      failures: fc.dictionary(fc.string(), number),
    });
    fc.assert(
      fc.property(number, channel, fc.string(), (any, index, functionName) => {
        const facts = { ...FACTS, durationMs: any, lines: any, oldestArrival: any };
        const both = { business: index, trail: index };
        const { line, emf } = reported({ ...facts, index: both }, { functionName });
        expect(line).not.toMatch(/[\n\r]/);
        expect(Buffer.byteLength(line)).toBeLessThan(16_384);
        const names = (emf._aws.CloudWatchMetrics[0]?.Metrics ?? []).map(({ Name, Unit }) => {
          expect(KNOWN.get(Name)).toBe(Unit);
          expect(METRIC_UNITS).toContain(Unit);
          return Name;
        });
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) {
          const values = [emf[name]].flat();
          expect(values.length).toBeLessThanOrEqual(100);
          expect(values.every(Number.isFinite)).toBe(true);
        }
        expect(emf.Function).toMatch(/^(?!:)[\x20-\x7e]+$/);
      }),
    );
  });
});

test('the facts of a batch are those of its summary', () => {
  const { at, ownLines, memoryBytes, index, partial, dataBytes, durationMs, ...counts } = FACTS;
  const { oldestArrival, newestArrival, ...lines } = counts;
  const summary = {
    ...lines,
    own: ownLines,
    retryFrom: '49',
    effort: { durationMs, oldestArrival, newestArrival, dataChars: 48_000, bulk: index },
  };
  expect(batchFacts(summary, { at, memoryBytes: 90_000_000 })).toEqual(FACTS);
  const { retryFrom: _, ...whole } = summary;
  expect(batchFacts(whole, { at })).toMatchObject({
    partial: false,
    memoryBytes: undefined,
  });
});

test('own log groups are known by name or by beginning', () => {
  const isOwn = ownGroups(['/aws/lambda/trailgate-collector', '/trailgate/*']);
  expect(
    ['/aws/lambda/trailgate-collector', '/trailgate/a', '/aws/lambda/trailgate-collector-2', '/'].map(isOwn),
  ).toEqual([true, true, false, false]);
  expect(ownGroups([])('/aws/lambda/trailgate-collector')).toBe(false);
});
