/** A Kinesis record on its way to a function, and the event that Lambda makes of several. */
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Base64. */
  readonly data: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
}

/** Where the records of an event come from and for whom they are. */
export interface EventOrigin {
  readonly shardId: string;
  /** ARN of the stream; region and account of the other ARNs are taken from it. */
  readonly streamArn: string;
  readonly functionName: string;
}

/** Invocation payload limit of Lambda, in bytes of JSON. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const ENVELOPE_BYTES = Buffer.byteLength('{"Records":[]}');

export function toKinesisEvent(records: readonly StreamRecord[], origin: EventOrigin): KinesisStreamEvent {
  return { Records: records.map((record) => toEventRecord(record, origin)) };
}

/** How many of the buffered records make the next batch: at most `batchSize`, and no more than a payload holds. */
export function batchLength(
  buffered: readonly StreamRecord[],
  batchSize: number,
  origin: EventOrigin,
): { readonly length: number; readonly full: boolean } {
  let bytes = ENVELOPE_BYTES;
  for (const [at, record] of buffered.entries()) {
    if (at === batchSize) return { length: at, full: true };
    bytes += eventRecordBytes(record, origin) + 1;
    if (at > 0 && bytes > MAX_PAYLOAD_BYTES) return { length: at, full: true };
  }
  return { length: buffered.length, full: buffered.length === batchSize };
}

export function functionArn({ streamArn, functionName }: EventOrigin): string {
  const [, , , region, account] = streamArn.split(':');
  return `arn:aws:lambda:${region}:${account}:function:${functionName}`;
}

function toEventRecord(
  record: StreamRecord,
  { shardId, streamArn, functionName }: EventOrigin,
): KinesisStreamRecord {
  const [, , , region = '', account] = streamArn.split(':');
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.partitionKey,
      sequenceNumber: record.sequenceNumber,
      data: record.data,
      approximateArrivalTimestamp: record.arrivedAt / 1_000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:aws:iam::${account}:role/${functionName}`,
    awsRegion: region,
    eventSourceARN: streamArn,
  };
}

function eventRecordBytes(record: StreamRecord, origin: EventOrigin): number {
  const withoutData = JSON.stringify(toEventRecord({ ...record, data: '' }, origin));
  return Buffer.byteLength(withoutData) + record.data.length;
}
