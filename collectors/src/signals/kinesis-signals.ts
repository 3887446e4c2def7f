/** Puts signal batches on the Kinesis stream `signals`, in order within a key, until each one is accepted. */
import { setTimeout as sleepFor } from 'node:timers/promises';
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import type { SignalBatch } from '@trailgate/sdk/wire';
import { backOffMs } from '../delivery/patience.ts';
import type { SignalPort } from '../ports.ts';
import { entriesOf } from './signal-entries.ts';

/** Some signals may not be on the stream; the source batch has to be delivered again. */
export class SignalsNotPutError extends Error {
  readonly code = 'SIGNALS_NOT_PUT';
  override readonly name = 'SignalsNotPutError';
}

export interface SignalPorts {
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: () => number;
}

/** PutRecords takes 500 records and 10 MiB; half of that leaves room for the encoding. */
const MAX_CALL_RECORDS = 500;
const MAX_CALL_BYTES = 5_242_880;
/** Calls in a row that accept nothing before the put fails: about 1.5 s of back-off. */
const MAX_FRUITLESS_CALLS = 6;

/** @throws SignalsNotPutError from `put`, when the stream goes on refusing; other errors of the client pass through. */
export function createKinesisSignals(
  client: KinesisClient,
  streamName: string,
  { sleep, random }: SignalPorts = { sleep: (ms) => sleepFor(ms), random: Math.random },
): SignalPort {
  return {
    async put(batches: readonly SignalBatch[]): Promise<void> {
      let pending: readonly PutRecordsRequestEntry[] = batches.flatMap(entriesOf);
      let fruitless = 0;
      while (pending.length > 0) {
        const call = nextCall(pending);
        const { Records: answers = [] } = await client.send(
          new PutRecordsCommand({ StreamName: streamName, Records: [...call] }),
        );
        // An answer without a sequence number is a refusal, whatever else it holds.
        const accepted = new Set(
          call.filter((_, position) => answers[position]?.SequenceNumber !== undefined),
        );
        pending = pending.filter((entry) => !accepted.has(entry));
        if (accepted.size === call.length) {
          fruitless = 0;
          continue;
        }
        fruitless = accepted.size > 0 ? 0 : fruitless + 1;
        if (fruitless >= MAX_FRUITLESS_CALLS) {
          const reason = answers.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? 'no answer';
          throw new SignalsNotPutError(
            `stream ${streamName}: ${pending.length} records refused, last ${reason}`,
          );
        }
        await sleep(backOffMs(fruitless, random));
      }
    },
  };
}

/** The first records that fit in a call, one a key: were one refused, a later one of its key must not pass it. */
function nextCall(pending: readonly PutRecordsRequestEntry[]): readonly PutRecordsRequestEntry[] {
  const call: PutRecordsRequestEntry[] = [];
  const keys = new Set<string | undefined>();
  let bytes = 0;
  for (const entry of pending) {
    if (call.length === MAX_CALL_RECORDS) break;
    if (keys.has(entry.PartitionKey)) continue;
    const size = entry.Data?.byteLength ?? 0;
    if (call.length > 0 && bytes + size > MAX_CALL_BYTES) break;
    keys.add(entry.PartitionKey);
    call.push(entry);
    bytes += size;
  }
  return call;
}
