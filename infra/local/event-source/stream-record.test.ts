import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchLength, functionArn, type StreamRecord, toKinesisEvent } from './stream-record.ts';

const origin = {
  shardId: 'shardId-000000000000',
  streamArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
  functionName: 'collector',
};
const record = (n: number, dataLength = 8): StreamRecord => ({
  sequenceNumber: String(1_000 + n),
  partitionKey: 'é"key',
  data: 'A'.repeat(dataLength),
  arrivedAt: 1_700_000_000_123,
});

describe('toKinesisEvent', () => {
  test('has the shape that Lambda gives', () => {
    expect(toKinesisEvent([record(1)], origin)).toEqual({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'é"key',
            sequenceNumber: '1001',
            data: 'AAAAAAAA',
            approximateArrivalTimestamp: 1_700_000_000.123,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: 'shardId-000000000000:1001',
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: 'arn:aws:iam::123456789012:role/collector',
          awsRegion: 'eu-central-1',
          eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
        },
      ],
    });
    expect(functionArn(origin)).toBe('arn:aws:lambda:eu-central-1:123456789012:function:collector');
  });
});

describe('batchLength', () => {
  test('takes what there is, and at most the batch size', () => {
    const three = [record(1), record(2), record(3)];
    expect(batchLength([], 100, origin)).toEqual({ length: 0, full: false });
    expect(batchLength(three, 100, origin)).toEqual({ length: 3, full: false });
    expect(batchLength(three, 3, origin)).toEqual({ length: 3, full: true });
    expect(batchLength(three, 2, origin)).toEqual({ length: 2, full: true });
  });

  test('a payload never exceeds 6 MB, and is as long as that allows', () => {
    const limit = 6 * 1024 * 1024;
    const size = (records: readonly StreamRecord[]) =>
      Buffer.byteLength(JSON.stringify(toKinesisEvent(records, origin)));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_400_000 }), { minLength: 1, maxLength: 15 }),
        (lengths) => {
          const buffered = lengths.map((length, n) => record(n, length));
          const { length, full } = batchLength(buffered, 100, origin);
          expect(size(buffered.slice(0, length))).toBeLessThanOrEqual(limit);
          if (length < buffered.length) {
            expect(full).toBe(true);
            expect(size(buffered.slice(0, length + 1))).toBeGreaterThan(limit);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
