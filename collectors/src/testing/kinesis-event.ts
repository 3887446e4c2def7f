/** Builds the events that Lambda hands over, around log lines or around any bytes. */
import { gzipSync } from 'node:zlib';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { NOW } from './memory-ports.ts';

export interface StreamOfLines {
  readonly group?: string;
  readonly stream?: string;
  readonly messages: readonly string[];
  /** Number of the first event id. */
  readonly firstId?: number;
}

export const GROUP = '/aws/lambda/orders';
export const STREAM = '2026/11/22/[$LATEST]0123456789abcdef';

export function subscription({
  group = GROUP,
  stream = STREAM,
  messages,
  firstId = 1,
}: StreamOfLines): object {
  return {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: group,
    logStream: stream,
    subscriptionFilters: ['trailgate'],
    logEvents: messages.map((message, index) => ({
      id: eventId(firstId + index),
      timestamp: NOW - 1000,
      message,
    })),
  };
}

export function eventId(number: number): string {
  return `3${String(number).padStart(55, '0')}`;
}

export function gzipped(value: unknown): Uint8Array {
  return gzipSync(JSON.stringify(value));
}

/** One record a payload; sequence numbers rise from 101. */
export function kinesisEvent(payloads: readonly Uint8Array[]): KinesisStreamEvent {
  return {
    Records: payloads.map(
      (data, index): KinesisStreamRecord => ({
        awsRegion: 'eu-central-1',
        eventID: `shardId-000000000000:${101 + index}`,
        eventName: 'aws:kinesis:record',
        eventSource: 'aws:kinesis',
        eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
        eventVersion: '1.0',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/collector',
        kinesis: {
          approximateArrivalTimestamp: NOW / 1000,
          data: Buffer.from(data).toString('base64'),
          kinesisSchemaVersion: '1.0',
          partitionKey: STREAM,
          sequenceNumber: String(101 + index),
        },
      }),
    ),
  };
}

/** One record with these lines. */
export function eventOfLines(...messages: readonly string[]): KinesisStreamEvent {
  return kinesisEvent([gzipped(subscription({ messages }))]);
}
