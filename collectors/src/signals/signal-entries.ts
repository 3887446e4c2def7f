/** Encodes a signal batch as Kinesis records that the stream takes: size and partition key within its limits. */
import { createHash } from 'node:crypto';
import type { PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import type { SignalBatch } from '@trailgate/sdk/wire';

/** Kinesis: data and partition key of a record together, 1 MiB by default. */
const MAX_RECORD_BYTES = 1_048_576 - 1_024;
/** Kinesis: characters of a partition key. */
const MAX_KEY_CHARS = 256;

/** One record, or as few as fit, in the batch's order and with its key. */
export function entriesOf(batch: SignalBatch): readonly PutRecordsRequestEntry[] {
  const Data = Buffer.from(JSON.stringify(batch));
  if (Data.byteLength > MAX_RECORD_BYTES && batch.signals.length > 1) {
    const middle = batch.signals.length >> 1;
    return [
      ...entriesOf({ ...batch, signals: batch.signals.slice(0, middle) }),
      ...entriesOf({ ...batch, signals: batch.signals.slice(middle) }),
    ];
  }
  return [{ Data, PartitionKey: partitionKey(batch.key) }];
}

/** The key itself, or its hash when Kinesis would refuse it; the same key always gives the same. */
export function partitionKey(key: string): string {
  if (key !== '' && key.length <= MAX_KEY_CHARS && key.isWellFormed()) return key;
  return createHash('sha256').update(key).digest('hex');
}
