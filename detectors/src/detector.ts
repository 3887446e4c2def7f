/** The detector's Lambda handler: restores a shard's actor, feeds it a batch, carries out its effects, stores its state. */
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { ActorOptions } from './actor/actor-options.ts';
import { type Effects, noEffects } from './actor/effects.ts';
import { ShardActor } from './actor/shard-actor.ts';
import { emptyShardState, SHARD_LIMITS } from './actor/shard-state.ts';
import { SnapshotUnreadableError } from './errors.ts';
import type { Observation } from './observation.ts';
import type { DetectorPorts } from './ports.ts';
import type { Rule } from './rules/rule.ts';
import { applyRecords, type RecordCounts } from './shard-batch.ts';

export interface DetectorOptions {
  readonly rules: readonly Rule[];
  /** Multiplies hold, end and dedup of the rules; 1. A demonstration takes less. */
  readonly capTimeScale?: number;
  /** Milliseconds of silence after which an instance's requests are compared; 900,000. */
  readonly instanceSilenceMs?: number;
  /** Milliseconds in which a record may arrive behind later ones of its instance before it is named missing; 120,000. */
  readonly gapGraceMs?: number;
  /** Milliseconds that a minute of metrics stays open after its end; 10,000. */
  readonly metricGraceMs?: number;
}

/** An actor in memory, and the stored version that it equals. */
interface Loaded {
  readonly actor: ShardActor;
  readonly version: string | undefined;
}

type Step = Extract<Observation, { event: 'batch-failed' }>['step'];

/**
 * A handler for batches of the `signals` stream. Findings and caps are carried out before the state is stored and are
 * idempotent; metrics are published behind it, at most once. A batch that fails is delivered again from its first record.
 */
export function createDetector(
  ports: DetectorPorts,
  options: DetectorOptions,
): (event: KinesisStreamEvent) => Promise<KinesisStreamBatchResponse> {
  const actorOptions: ActorOptions = {
    rules: options.rules,
    timeScale: options.capTimeScale ?? 1,
    instanceSilenceMs: options.instanceSilenceMs ?? 900_000,
    gapGraceMs: options.gapGraceMs ?? 120_000,
    metricGraceMs: options.metricGraceMs ?? 10_000,
    limits: SHARD_LIMITS,
  };
  const loaded = new Map<string, Loaded>();

  return async (event) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const [shard, records] of byShard(event.Records)) {
      const failedFrom = await runShard(shard, records, loaded, actorOptions, ports);
      if (failedFrom !== undefined) batchItemFailures.push({ itemIdentifier: failedFrom });
    }
    return { batchItemFailures };
  };
}

/** Runs one shard's records; returns the sequence number to deliver again from, if anything failed. */
async function runShard(
  shard: string,
  records: readonly KinesisStreamRecord[],
  loaded: Map<string, Loaded>,
  options: ActorOptions,
  ports: DetectorPorts,
): Promise<string | undefined> {
  let step: Step = 'load';
  try {
    const { actor, version } = await loadActor(shard, loaded.get(shard), options, ports);
    // Only a batch that ends well leaves its actor behind.
    loaded.delete(shard);
    step = 'apply';
    const effects = noEffects();
    const counts = applyRecords(shard, records, actor, effects, ports);
    step = 'findings';
    if (effects.findings.length > 0) await ports.findings.put(effects.findings);
    step = 'caps';
    await cutCaps(shard, effects, ports);
    step = 'save';
    const stored =
      counts.skipped === records.length
        ? version
        : await ports.snapshots.save(shard, actor.snapshot(), version);
    loaded.set(shard, { actor, version: stored });
    await publishMetrics(shard, effects, ports);
    observeBatch(shard, records, counts, effects, ports);
    return undefined;
  } catch (error) {
    loaded.delete(shard);
    const sequence = records[0]?.kinesis.sequenceNumber ?? '';
    ports.observe?.({ event: 'batch-failed', shard, sequence, step, reason: reasonOf(error) });
    return sequence;
  }
}

/** The actor in memory if it equals what is stored, otherwise the stored one; another container may have run the shard. */
async function loadActor(
  shard: string,
  known: Loaded | undefined,
  options: ActorOptions,
  ports: DetectorPorts,
): Promise<Loaded> {
  const stored = await ports.snapshots.load(shard);
  if (known !== undefined && known.version === stored?.version) return known;
  if (stored === undefined) return { actor: new ShardActor(options), version: undefined };
  try {
    return { actor: ShardActor.restore(options, stored.state), version: stored.version };
  } catch (error) {
    if (!(error instanceof SnapshotUnreadableError)) throw error;
    ports.observe?.({ event: 'snapshot-unreadable', shard, reason: error.message });
    return { actor: new ShardActor(options, emptyShardState(true)), version: stored.version };
  }
}

async function cutCaps(shard: string, effects: Effects, ports: DetectorPorts): Promise<void> {
  for (const cut of effects.cuts) {
    const { status, mode } = await ports.caps.cut({ ...cut, now: ports.clock() });
    const { detector, tenant, client } = cut;
    ports.observe?.({ event: 'cap-cut', shard, detector, tenant, client, status, mode });
  }
}

/** The state is stored: a failure here must not bring the batch back, because CloudWatch would add it twice. */
async function publishMetrics(shard: string, { metrics }: Effects, ports: DetectorPorts): Promise<void> {
  if (metrics.length === 0) return;
  try {
    await ports.metrics.put(metrics);
  } catch (error) {
    ports.observe?.({
      event: 'metrics-lost',
      shard,
      count: metrics.length,
      reason: reasonOf(error),
    });
  }
}

function observeBatch(
  shard: string,
  records: readonly KinesisStreamRecord[],
  counts: RecordCounts,
  effects: Effects,
  ports: DetectorPorts,
): void {
  const newest = Math.max(...records.map(({ kinesis }) => kinesis.approximateArrivalTimestamp * 1_000));
  ports.observe?.({
    event: 'batch',
    shard,
    records: records.length,
    ...counts,
    findings: effects.findings.length,
    cuts: effects.cuts.length,
    metrics: effects.metrics.length,
    lagMs: ports.clock() - newest,
  });
}

/** Records by shard, in the order of delivery; the event id is `shardId:sequenceNumber`. */
function byShard(records: readonly KinesisStreamRecord[]): Map<string, KinesisStreamRecord[]> {
  return Map.groupBy(records, ({ eventID }) => eventID.slice(0, eventID.indexOf(':')));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
