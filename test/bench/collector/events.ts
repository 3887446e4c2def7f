/** Lambda events of Kinesis records, each of one gzip subscription record, as the collector is invoked with them. */
import { gzipSync } from 'node:zlib';
import type { KinesisStreamEvent } from 'aws-lambda';
import { chanceOf, type LineWriter, lineWriter, START_MS } from './lines.ts';

export const GROUP = '/aws/lambda/orders';

/** Raw bytes of a record that holds these lines, before gzip. */
export function subscriptionText(stream: number, lines: readonly string[]): string {
  return JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: GROUP,
    logStream: `2026/11/22/[$LATEST]${String(stream).padStart(32, '0')}`,
    subscriptionFilters: ['trailgate'],
    logEvents: lines.map((message, n) => ({
      id: `3${String(stream).padStart(25, '7')}${String(n).padStart(30, '0')}`,
      timestamp: START_MS + n * 7,
      message,
    })),
  });
}

export function eventOf(records: readonly Uint8Array[]): KinesisStreamEvent {
  return {
    Records: records.map((data, n) => ({
      awsRegion: 'eu-west-1',
      eventID: `shardId-000000000000:${n + 1}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs',
      eventVersion: '1.0',
      invokeIdentityArn: 'arn:aws:iam::123456789012:role/collector',
      kinesis: {
        approximateArrivalTimestamp: START_MS / 1000 + 60,
        data: Buffer.from(data).toString('base64'),
        kinesisSchemaVersion: '1.0',
        partitionKey: String(n),
        sequenceNumber: String(n + 1),
      },
    })),
  };
}

export interface Batch {
  readonly event: KinesisStreamEvent;
  readonly lines: number;
  /** Of the messages alone. */
  readonly messageBytes: number;
  /** Of the records before gzip. */
  readonly rawBytes: number;
}

/** Records of so many lines each, every record from a stream of its own. */
export function makeBatch(seed: number, records: number, linesARecord: number): Batch {
  let messageBytes = 0;
  let rawBytes = 0;
  const data = Array.from({ length: records }, (_, record) => {
    const writer: LineWriter = lineWriter(chanceOf(seed * 1000 + record));
    const lines = Array.from({ length: linesARecord }, (_, n) => writer.line(n));
    const text = subscriptionText(record, lines);
    messageBytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    rawBytes += Buffer.byteLength(text);
    return gzipSync(text);
  });
  return { event: eventOf(data), lines: records * linesARecord, messageBytes, rawBytes };
}
