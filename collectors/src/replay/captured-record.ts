/** Recognises a subscription record that somebody saved: as JSON, as gzip, or as base64 of either. */
import { decodeRecord } from '../decode/decode-record.ts';
import type { SubscriptionRecord } from '../decode/subscription-record.ts';

export interface CapturedRecord {
  /** As Kinesis would carry it. */
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Time of its last log event, epoch milliseconds; undefined when it has none. */
  readonly lastTime: number | undefined;
}

/** Undefined when the bytes are something else. */
export function capturedRecord(bytes: Uint8Array, maxInflatedBytes: number): CapturedRecord | undefined {
  const candidate = fromBase64(bytes) ?? bytes;
  if (candidate === bytes && !mayBeSubscription(bytes)) return undefined;
  const decoded = decodeRecord(candidate, maxInflatedBytes);
  if (decoded.is === 'unreadable') return undefined;
  const data = decoded.records.filter(({ messageType }) => messageType === 'DATA_MESSAGE');
  return {
    bytes: candidate,
    lines: data.reduce((sum, { logEvents }) => sum + logEvents.length, 0),
    lastTime: lastTime(data),
  };
}

/** Spares the parsing of every JSON line of a large file. */
function mayBeSubscription(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('"messageType"');
}

/** Base64 of gzip begins with `H4sI`, of `{"` with `eyJ`. */
function fromBase64(bytes: Uint8Array): Uint8Array | undefined {
  const opening = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (!opening.startsWith('H4sI') && !opening.startsWith('eyJ')) return undefined;
  const text = Buffer.from(bytes).toString('latin1').replace(/\s/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function lastTime(records: readonly SubscriptionRecord[]): number | undefined {
  let last: number | undefined;
  for (const { logEvents } of records) {
    for (const event of logEvents) {
      const time = (event as { readonly timestamp?: unknown } | null)?.timestamp;
      if (typeof time === 'number' && Number.isFinite(time) && (last === undefined || time > last))
        last = time;
    }
  }
  return last;
}
