/** Turns the bytes of one Kinesis record into the subscription records that it holds, or says why it cannot. */
import { isUtf8 } from 'node:buffer';
import { inflate } from './inflate.ts';
import { parseJsonSequence } from './json-sequence.ts';
import { readSubscriptionRecord, type SubscriptionRecord } from './subscription-record.ts';
import { firstInvalidByte } from './utf8.ts';

export type Decoded =
  | { readonly is: 'decoded'; readonly records: readonly SubscriptionRecord[] }
  | { readonly is: 'unreadable'; readonly reason: string };

/**
 * Takes gzip or plain bytes of one or more subscription records as JSON. All of them or none: a record that is
 * readable only in part is unreadable, so that its bytes stay together.
 */
export function decodeRecord(bytes: Uint8Array, maxInflatedBytes: number): Decoded {
  const inflated = inflate(bytes, maxInflatedBytes);
  if (inflated.is === 'unreadable') return inflated;
  if (!isUtf8(inflated.bytes)) {
    return { is: 'unreadable', reason: `not UTF-8 at byte ${firstInvalidByte(inflated.bytes)}` };
  }
  const sequence = parseJsonSequence(textOf(inflated.bytes));
  if (sequence.is === 'unreadable') return sequence;
  const records: SubscriptionRecord[] = [];
  for (const value of sequence.values) {
    const reading = readSubscriptionRecord(value);
    if (reading.is === 'unreadable') return reading;
    records.push(reading.record);
  }
  return { is: 'decoded', records };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
