/** The detector's Lambda handler: hands a batch to the actors of its shards and answers from where each is to be delivered again. */
import type { IndexPeriod } from '@trailgate/sdk/wire';
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { LoadedActor } from './actor/load-actor.ts';
import { SHARD_LIMITS } from './actor/shard-state.ts';
import type { DetectorPorts } from './ports.ts';
import type { Rule } from './rules/rule.ts';
import { runShard, type ShardOptions } from './run-shard.ts';

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
  /** What a trail index holds documents of; 'day'. The collector has to say the same. */
  readonly indexPeriod?: IndexPeriod;
}

/**
 * A handler for batches of the `signals` stream. Findings and caps are carried out before the state is stored and are
 * idempotent; metrics are published behind it, at most once. A batch that fails is delivered again from its first record.
 */
export function createDetector(
  ports: DetectorPorts,
  options: DetectorOptions,
): (event: KinesisStreamEvent) => Promise<KinesisStreamBatchResponse> {
  const shardOptions: ShardOptions = {
    rules: options.rules,
    timeScale: options.capTimeScale ?? 1,
    instanceSilenceMs: options.instanceSilenceMs ?? 900_000,
    gapGraceMs: options.gapGraceMs ?? 120_000,
    metricGraceMs: options.metricGraceMs ?? 10_000,
    indexPeriod: options.indexPeriod ?? 'day',
    limits: SHARD_LIMITS,
  };
  const loaded = new Map<string, LoadedActor>();

  return async (event) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const [shard, records] of byShard(event.Records)) {
      const failedFrom = await runShard(shard, records, loaded, shardOptions, ports);
      if (failedFrom !== undefined) batchItemFailures.push({ itemIdentifier: failedFrom });
    }
    return { batchItemFailures };
  };
}

/** Records by shard, in the order of delivery; the event id is `shardId:sequenceNumber`. */
function byShard(records: readonly KinesisStreamRecord[]): Map<string, KinesisStreamRecord[]> {
  return Map.groupBy(records, ({ eventID }) => eventID.slice(0, eventID.indexOf(':')));
}
