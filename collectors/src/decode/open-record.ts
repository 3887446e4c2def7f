/** Opens one Kinesis record the fast way where it is as CloudWatch Logs writes it, and the general way otherwise. */
import { isUtf8 } from 'node:buffer';
import { type Decoded, decodeRecord } from './decode-record.ts';
import type { EventSpans } from './event-spans.ts';
import { inflate } from './inflate.ts';
import { type ScannedRecords, scanRecord } from './scan-record.ts';

export type Opened = { readonly is: 'scanned'; readonly scanned: ScannedRecords } | Decoded;

/**
 * Same answer as `decodeRecord`, whose reading of an event is what `eventOf` gives of a scanned one. The scanned bytes and
 * `spans` are good until the next record is opened into the same spans; `bytes` stay as they are.
 */
export function openRecord(bytes: Uint8Array, maxInflatedBytes: number, spans: EventSpans): Opened {
  spans.release();
  const inflated = inflate(bytes, maxInflatedBytes);
  if (inflated.is === 'unreadable') return inflated;
  if (isUtf8(inflated.bytes)) {
    // The scan writes into what it reads.
    const own = inflated.bytes === bytes ? Buffer.from(bytes) : bufferOf(inflated.bytes);
    spans.hold(own);
    const scanned = scanRecord(own, spans);
    if (scanned !== undefined) return { is: 'scanned', scanned };
  }
  return decodeRecord(bytes, maxInflatedBytes);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
