/** Kinesis events as Lambda hands them to the detector; for tests only. */
import { SIGNAL_VERSION, type Signal } from '@trailgate/sdk/wire';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

export const SHARD = 'shardId-000000000000';

/** The record of a signal batch; `number` is its place in the shard. */
export function signalRecord(number: number, key: string, signals: readonly Signal[]): KinesisStreamRecord {
  return rawRecord(number, JSON.stringify({ v: SIGNAL_VERSION, key, signals }), key);
}

export function rawRecord(number: number, data: string, key: string = 'key'): KinesisStreamRecord {
  const sequenceNumber = String(10n ** 55n + BigInt(number));
  return {
    awsRegion: 'eu-central-1',
    eventID: `${SHARD}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/signals',
    eventVersion: '1.0',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/detector',
    kinesis: {
      approximateArrivalTimestamp: 0,
      data: Buffer.from(data).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey: key,
      sequenceNumber,
    },
  };
}

export function kinesisEvent(records: readonly KinesisStreamRecord[]): KinesisStreamEvent {
  return { Records: [...records] };
}
