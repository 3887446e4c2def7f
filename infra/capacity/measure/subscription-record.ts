/** Packs lines as CloudWatch Logs does for a stream: gzip of one JSON object, and a Lambda event of such records. */
import { gzipSync } from 'node:zlib';
import type { KinesisStreamEvent } from 'aws-lambda';

export interface LogEvent {
  readonly text: string;
  readonly at: number;
}

export function subscriptionRecord(lines: readonly LogEvent[], stream: string): Uint8Array {
  return gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: '123456789012',
      logGroup: '/aws/lambda/orders',
      logStream: `2026/11/22/[$LATEST]${stream}`,
      subscriptionFilters: ['trailgate-0123456789abcdef'],
      logEvents: lines.map(({ text, at }, n) => ({
        // 56 digits, of which a time is the beginning.
        id: `394${at}${String(n).padStart(40, '0')}`,
        timestamp: at,
        message: text,
      })),
    }),
  );
}

export function streamEvent(
  records: readonly Uint8Array[],
  stream: 'logs' | 'signals',
  first = 0,
): KinesisStreamEvent {
  return {
    Records: records.map((data, n) => {
      const sequenceNumber = String(10n ** 55n + BigInt(first + n));
      return {
        awsRegion: 'eu-central-1',
        eventID: `shardId-000000000000:${sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        eventSource: 'aws:kinesis',
        eventSourceARN: `arn:aws:kinesis:eu-central-1:123456789012:stream/${stream}`,
        eventVersion: '1.0',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/pipeline',
        kinesis: {
          approximateArrivalTimestamp: 0,
          data: Buffer.from(data).toString('base64'),
          kinesisSchemaVersion: '1.0',
          partitionKey: String(n),
          sequenceNumber,
        },
      };
    }),
  };
}
