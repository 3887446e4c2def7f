/** What detectors make of signals: findings, caps and metrics, of an undisturbed run and of the one that is judged. */
import {
  createCapPort,
  createDetector,
  loadRules,
  type MetricDatum,
  shippedRules,
} from '@trailgate/detectors';
import { activeCaps } from '@trailgate/sdk/limits/table';
import { FUNCTION_METRICS, METRICS } from '@trailgate/sdk/wire';
import { toKinesisEvent } from '../../../infra/local/event-source/stream-record.ts';
import { createMemoryDynamo, type MemoryDynamo } from '../../contracts/memory-dynamo.ts';
import { TABLES } from '../world/detector-ports.ts';
import type { KinesisStream } from '../world/stream.ts';
import type { Violation } from './violation.ts';

export const DETECTOR_OPTIONS = { rules: await loadRules(shippedRules()) };

export interface Detections {
  /** Source by `<index>/<id>`. */
  readonly findings: ReadonlyMap<string, string>;
  /** Caps of a client as stored, but for when they were written, by client. */
  readonly caps: ReadonlyMap<string, string>;
  readonly published: readonly MetricDatum[];
}

/** Feeds each shard to a detector of its own, whole and once. */
export async function undisturbedDetections(stream: KinesisStream, now: number): Promise<Detections> {
  const findings = new Map<string, string>();
  const published: MetricDatum[] = [];
  const dynamo = createMemoryDynamo();
  for (const shard of stream.shards) {
    if (shard.records.length === 0) continue;
    const detect = createDetector(
      {
        snapshots: { load: async () => undefined, save: async () => '1' },
        findings: {
          async put(documents) {
            for (const { index, id, source } of documents) findings.set(`${index}/${id}`, source);
          },
        },
        caps: createCapPort(dynamo, TABLES),
        metrics: {
          async put(data) {
            published.push(...data);
          },
        },
        clock: () => now,
      },
      DETECTOR_OPTIONS,
    );
    const origin = { shardId: shard.id, streamArn: stream.arn, functionName: 'detector' };
    await detect(toKinesisEvent(shard.records, origin));
  }
  return { findings, caps: await capsIn(dynamo), published };
}

export async function capsIn(dynamo: MemoryDynamo): Promise<ReadonlyMap<string, string>> {
  const caps = await activeCaps(dynamo, TABLES.limits, 0);
  return new Map(
    caps.map(({ tenant, client, ver, detectors }) => [
      `${tenant}/${client}`,
      JSON.stringify({ ver, detectors }),
    ]),
  );
}

/**
 * Findings and caps must be the same. Where signals were allowed to be missing, a client may be found later or not
 * at all, but nobody else.
 */
export function judgeDetections(
  got: Detections,
  expected: Detections,
  mayMiss: boolean,
): readonly Violation[] {
  return [
    ...(mayMiss ? strangers(got, expected) : differences(got, expected)),
    ...doubledMetrics(got.published, expected.published, mayMiss),
  ];
}

function differences(got: Detections, expected: Detections): readonly Violation[] {
  return [
    ...mapDifferences(got.findings, expected.findings).map(
      (what): Violation => ({ promise: 'finding', what }),
    ),
    ...mapDifferences(got.caps, expected.caps).map((what): Violation => ({ promise: 'cap', what })),
  ];
}

function mapDifferences(
  got: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...got.keys(), ...expected.keys()])]
    .filter((key) => got.get(key) !== expected.get(key))
    .map((key) => `${key}: expected ${expected.get(key)}, got ${got.get(key)}`);
}

function strangers(got: Detections, expected: Detections): readonly Violation[] {
  const known = new Set([...expected.findings.values()].map(subjectOf));
  const found = [...got.findings.values()].map(subjectOf).filter((subject) => !known.has(subject));
  const capped = [...got.caps.keys()].filter((client) => !expected.caps.has(client));
  return [
    // What was given up is thought missing until it is replayed: of an instance, never of a client.
    ...found
      .filter((subject) => !subject.endsWith(' '))
      .map((what): Violation => ({ promise: 'finding', what })),
    ...capped.map((what): Violation => ({ promise: 'cap', what })),
  ];
}

function subjectOf(source: string): string {
  const finding = JSON.parse(source) as {
    readonly rule: { readonly name: string };
    readonly principal?: string;
  };
  return `${finding.rule.name} ${finding.principal ?? ''}`;
}

/** Metrics are published at most once: a crash may lose some, and nothing may double them. */
function doubledMetrics(
  got: readonly MetricDatum[],
  expected: readonly MetricDatum[],
  mayMiss: boolean,
): readonly Violation[] {
  const owed = sums(expected);
  return [...sums(got)].flatMap(([key, sum]): readonly Violation[] => {
    if (mayMiss && PREMATURE.some((name) => key.startsWith(`["${name}"`))) return [];
    const most = owed.get(key) ?? 0;
    return sum <= most * (1 + 1e-9)
      ? []
      : [{ promise: 'metric', what: `${key}: expected at most ${most}, got ${sum}` }];
  });
}

/** Requests and records are thought missing for as long as what was given up is not replayed. */
const PREMATURE: readonly string[] = [METRICS.uncountedRequests.name, METRICS.missingRecords.name];
/** Told as the least of a minute: told again, by late data, it adds nothing. */
const LEAST: string = FUNCTION_METRICS.memoryHeadroom.name;

function sums(data: readonly MetricDatum[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { name, dimensions, values, counts } of data) {
    if (name === LEAST) continue;
    const key = JSON.stringify([name, dimensions]);
    const sum = values.reduce((part, value, place) => part + value * (counts[place] ?? 0), 0);
    totals.set(key, (totals.get(key) ?? 0) + sum);
  }
  return totals;
}
