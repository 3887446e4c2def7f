/** Feeds one shard's records to its actor; what cannot be read is counted and passed over, so that it holds up nobody. */
import type { KinesisStreamRecord } from 'aws-lambda';
import type { Effects } from './actor/effects.ts';
import type { ShardActor } from './actor/shard-actor.ts';
import { SignalUnreadableError } from './errors.ts';
import type { DetectorPorts } from './ports.ts';
import { type ReadBatch, readSignalBatch } from './signal-batch.ts';

export interface RecordCounts {
  /** Delivered again. */
  skipped: number;
  /** Records and signals that are not of the contract. */
  unreadable: number;
}

/** Applies every record that the actor has not taken yet, and adds to the effects what follows. */
export function applyRecords(
  shard: string,
  records: readonly KinesisStreamRecord[],
  actor: ShardActor,
  effects: Effects,
  ports: Pick<DetectorPorts, 'observe'>,
): RecordCounts {
  const counts = { skipped: 0, unreadable: 0 };
  for (const { kinesis } of records) {
    const { sequenceNumber: sequence } = kinesis;
    if (actor.hasTaken(sequence)) {
      counts.skipped += 1;
      continue;
    }
    const reading = tryRead(kinesis.data);
    if (reading.batch !== undefined) actor.apply(reading.batch, effects);
    if (reading.unreadable > 0) {
      counts.unreadable += reading.unreadable;
      ports.observe?.({ event: 'record-unreadable', shard, sequence, reason: reading.reason });
    }
    actor.take(sequence);
  }
  return counts;
}

interface Reading {
  readonly batch?: ReadBatch;
  readonly unreadable: number;
  readonly reason: string;
}

function tryRead(data: string): Reading {
  try {
    const batch = readSignalBatch(data);
    const reason = `${batch.unreadable} signals are not of the contract`;
    return { batch, unreadable: batch.unreadable, reason };
  } catch (error) {
    if (!(error instanceof SignalUnreadableError)) throw error;
    return { unreadable: 1, reason: error.message };
  }
}
