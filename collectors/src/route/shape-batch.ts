/** Takes a batch of Kinesis records apart: documents by channel, signals, quarantine and the counts of each. */
import type { KinesisStreamRecord } from 'aws-lambda';
import { decodeRecord } from '../decode/decode-record.ts';
import type { SubscriptionRecord } from '../decode/subscription-record.ts';
import type { KeyedSignal, Shaper } from '../kinds/kind.ts';
import { type LogLine, readLines } from '../log-line.ts';
import type { CollectorSettings } from '../options.ts';
import type { IndexDocument, QuarantineEntry } from '../ports.ts';
import { quarantineLine, quarantineRecord } from '../quarantine/quarantine-entry.ts';
import { foldPlatform } from '../signals/fold-platform.ts';
import { routeLine } from './route-line.ts';

/** A document on its way, with the line that it was made of and the place of its record in the batch. */
export interface Parcel {
  readonly record: number;
  readonly line: LogLine;
  readonly document: IndexDocument;
}

export interface BatchEntry {
  readonly record: number;
  /** Whether it stands for a whole record instead of a line. */
  readonly whole: boolean;
  readonly entry: QuarantineEntry;
}

export interface ShapedBatch {
  readonly controlMessages: number;
  readonly lines: number;
  readonly platform: number;
  readonly trail: readonly Parcel[];
  readonly business: readonly Parcel[];
  readonly quarantine: readonly BatchEntry[];
  readonly signals: readonly (KeyedSignal & { readonly record: number })[];
}

/** Pure but for `at`, the time that quarantine entries carry; a record that cannot be read is set aside alone. */
export function shapeBatch(
  records: readonly KinesisStreamRecord[],
  kinds: readonly Shaper[],
  settings: CollectorSettings,
  at: number,
): ShapedBatch {
  const batch = {
    controlMessages: 0,
    lines: 0,
    platform: 0,
    trail: [] as Parcel[],
    business: [] as Parcel[],
    quarantine: [] as BatchEntry[],
    signals: [] as (KeyedSignal & { readonly record: number })[],
  };

  for (const [record, kinesis] of records.entries()) {
    const reading = readRecord(kinesis, settings.maxInflatedBytes);
    if (reading.is === 'unreadable') {
      batch.quarantine.push({ record, whole: true, entry: quarantineRecord(kinesis, reading.reason, at) });
      continue;
    }
    const signals: KeyedSignal[] = [];
    for (const subscription of reading.records) {
      if (subscription.messageType === 'CONTROL_MESSAGE') {
        batch.controlMessages++;
        continue;
      }
      for (const read of readLines(subscription, reading.arrival)) {
        batch.lines++;
        const route =
          read.is === 'line'
            ? routeLine(read.line, kinds, settings)
            : { to: 'quarantine' as const, reason: read.reason };
        switch (route.to) {
          case 'index':
            batch[route.channel].push({ record, line: read.line, document: route.document });
            signals.push(...route.signals);
            break;
          case 'platform':
            batch.platform++;
            signals.push(...route.signals);
            break;
          case 'quarantine':
            batch.quarantine.push({
              record,
              whole: false,
              entry: quarantineLine(read.line, route.reason, kinesis, at),
            });
            break;
        }
      }
    }
    for (const keyed of foldPlatform(signals)) batch.signals.push({ ...keyed, record });
  }
  return batch;
}

type RecordReading =
  | { readonly is: 'read'; readonly records: readonly SubscriptionRecord[]; readonly arrival: number }
  | { readonly is: 'unreadable'; readonly reason: string };

function readRecord(record: KinesisStreamRecord, maxInflatedBytes: number): RecordReading {
  const data: unknown = record.kinesis?.data;
  const arrivalSeconds: unknown = record.kinesis?.approximateArrivalTimestamp;
  if (typeof data !== 'string')
    return { is: 'unreadable', reason: 'not a Kinesis record: data: expected base64' };
  if (typeof arrivalSeconds !== 'number' || !Number.isFinite(arrivalSeconds)) {
    return {
      is: 'unreadable',
      reason: 'not a Kinesis record: approximateArrivalTimestamp: expected seconds',
    };
  }
  const decoded = decodeRecord(Buffer.from(data, 'base64'), maxInflatedBytes);
  return decoded.is === 'decoded'
    ? { is: 'read', records: decoded.records, arrival: arrivalSeconds * 1000 }
    : decoded;
}
