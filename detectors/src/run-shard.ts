/** Runs one shard's part of a batch: loads its actor, applies the records, carries out what follows, stores the state. */
import type { IndexPeriod } from '@trailgate/sdk/wire';
import type { KinesisStreamRecord } from 'aws-lambda';
import type { ActorOptions } from './actor/actor-options.ts';
import { type Effects, noEffects } from './actor/effects.ts';
import { type LoadedActor, type Loading, loadActor } from './actor/load-actor.ts';
import { MetricsRejectedError, SnapshotConflictError } from './errors.ts';
import { findingDocument } from './finding.ts';
import type { Observation } from './observation.ts';
import type { DetectorPorts } from './ports.ts';
import { applyRecords, type RecordCounts } from './shard-batch.ts';

export interface ShardOptions extends ActorOptions {
  readonly indexPeriod: IndexPeriod;
}

type Step = Extract<Observation, { event: 'batch-failed' }>['step'];

/** What is known of a batch while it runs. */
interface Progress {
  readonly begun: number;
  step: Step;
  storedAt: number | undefined;
}

/** What a batch that ended well came to. */
interface Done {
  readonly counts: RecordCounts;
  readonly effects: Effects;
  readonly capsCut: number;
  readonly metricsLost: number;
  readonly snapshotBytes: number | undefined;
  readonly begunAnew: boolean;
}

/** Returns the sequence number to deliver again from, if anything failed. `loaded` keeps the actors of batches that ended well. */
export async function runShard(
  shard: string,
  records: readonly KinesisStreamRecord[],
  loaded: Map<string, LoadedActor>,
  options: ShardOptions,
  ports: DetectorPorts,
): Promise<string | undefined> {
  const progress: Progress = { begun: ports.clock(), step: 'load', storedAt: undefined };
  const known = loaded.get(shard);
  loaded.delete(shard);
  try {
    const loading = await loadActor(shard, known, options, ports);
    progress.storedAt = loading.storedAt;
    const { done, version } = await carryOut(shard, records, loading, options, progress, ports);
    loaded.set(shard, { actor: loading.actor, version });
    observeBatch(shard, records, progress, done, ports);
    return undefined;
  } catch (error) {
    const sequence = records[0]?.kinesis.sequenceNumber ?? '';
    ports.observe?.({
      event: 'batch-failed',
      ...timesOf(shard, records, progress, ports),
      sequence,
      step: progress.step,
      reason: reasonOf(error),
      conflict: error instanceof SnapshotConflictError,
    });
    return sequence;
  }
}

async function carryOut(
  shard: string,
  records: readonly KinesisStreamRecord[],
  { actor, version, begunAnew }: Loading,
  { indexPeriod }: ShardOptions,
  progress: Progress,
  ports: DetectorPorts,
): Promise<{ readonly done: Done; readonly version: string | undefined }> {
  progress.step = 'apply';
  const effects = noEffects();
  const counts = applyRecords(shard, records, actor, effects, ports);
  progress.step = 'findings';
  if (effects.findings.length > 0) {
    await ports.findings.put(effects.findings.map((finding) => findingDocument(finding, indexPeriod)));
  }
  progress.step = 'caps';
  const capsCut = await cutCaps(shard, effects, ports);
  progress.step = 'save';
  const state = counts.skipped === records.length ? undefined : actor.snapshot();
  const stored = state === undefined ? version : await ports.snapshots.save(shard, state, version);
  const metricsLost = await publishMetrics(shard, effects, ports);
  const snapshotBytes = state === undefined ? undefined : Buffer.byteLength(state);
  return { done: { counts, effects, capsCut, metricsLost, snapshotBytes, begunAnew }, version: stored };
}

/** Returns how many changed the table. */
async function cutCaps(shard: string, effects: Effects, ports: DetectorPorts): Promise<number> {
  let written = 0;
  for (const cut of effects.cuts) {
    const { status, mode } = await ports.caps.cut({ ...cut, now: ports.clock() });
    if (status !== 'already') written += 1;
    const { detector, tenant, client } = cut;
    ports.observe?.({ event: 'cap-cut', shard, detector, tenant, client, status, mode });
  }
  return written;
}

/**
 * Returns how many data were lost. The state is stored: a failure here must not bring the batch back, because CloudWatch
 * would add it twice.
 */
async function publishMetrics(shard: string, { metrics }: Effects, ports: DetectorPorts): Promise<number> {
  if (metrics.length === 0) return 0;
  try {
    await ports.metrics.put(metrics);
    return 0;
  } catch (error) {
    const count = error instanceof MetricsRejectedError ? error.count : metrics.length;
    ports.observe?.({ event: 'metrics-lost', shard, count, reason: reasonOf(error) });
    return count;
  }
}

function observeBatch(
  shard: string,
  records: readonly KinesisStreamRecord[],
  progress: Progress,
  { counts, effects, ...done }: Done,
  ports: DetectorPorts,
): void {
  ports.observe?.({
    event: 'batch',
    ...timesOf(shard, records, progress, ports),
    ...counts,
    findings: effects.findings.length,
    cuts: effects.cuts.length,
    metrics: effects.metrics.length,
    ...done,
  });
}

function timesOf(
  shard: string,
  records: readonly KinesisStreamRecord[],
  { begun, storedAt }: Progress,
  { clock }: Pick<DetectorPorts, 'clock'>,
) {
  const now = clock();
  const newest = Math.max(...records.map(({ kinesis }) => kinesis.approximateArrivalTimestamp * 1_000));
  return {
    shard,
    records: records.length,
    lagMs: now - newest,
    durationMs: now - begun,
    // The store's clock may differ by a little.
    snapshotAgeMs: storedAt === undefined ? undefined : Math.max(0, begun - storedAt),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
