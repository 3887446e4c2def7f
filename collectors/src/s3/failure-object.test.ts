import { describe, expect, test } from 'vitest';
import { eventOfLines } from '../testing/kinesis-event.ts';
import { readFailureObject } from './failure-object.ts';

const event = eventOfLines('a line');

// As the Lambda developer guide shows it for Kinesis and S3.
const object = {
  requestContext: {
    requestId: 'c9b8fa9f-5a7f-4a6b-af9c-0c604cde93a5',
    functionArn: 'arn:aws:lambda:us-east-2:123456789012:function:collector',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 3,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: '2026-11-22T10:38:06.021Z',
  KinesisBatchInfo: {
    shardId: 'shardId-000000000001',
    startSequenceNumber: '101',
    endSequenceNumber: '101',
    approximateArrivalOfFirstRecord: '2026-11-22T10:38:04.835Z',
    approximateArrivalOfLastRecord: '2026-11-22T10:38:05.580Z',
    batchSize: 1,
    streamArn: 'arn:aws:kinesis:us-east-2:123456789012:stream/logs',
  },
  payload: JSON.stringify(event),
};

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

describe('readFailureObject', () => {
  test('reads why a batch was given up, and its event', () => {
    expect(readFailureObject(bytes(object))).toEqual({
      id: expect.stringMatching(/^batch-[\w-]{22}$/),
      condition: 'RetryAttemptsExhausted',
      invocations: 3,
      functionArn: object.requestContext.functionArn,
      streamArn: object.KinesisBatchInfo.streamArn,
      shardId: 'shardId-000000000001',
      startSequenceNumber: '101',
      endSequenceNumber: '101',
      at: Date.parse('2026-11-22T10:38:06.021Z'),
      event,
    });
  });

  test('takes the event as object and as base64 too, under the same id', () => {
    const plain = readFailureObject(bytes(object));
    const payload = Buffer.from(object.payload).toString('base64');
    expect(readFailureObject(bytes({ ...object, payload: event }))).toEqual(plain);
    expect(readFailureObject(bytes({ ...object, payload }))).toEqual(plain);
    const later = { ...object, timestamp: '2026-11-23T00:00:00.000Z' };
    expect(readFailureObject(bytes(later)).id).toBe(plain.id);
  });

  test.each([
    ['no JSON', Buffer.from('password=hunter2'), 'object: expected a JSON object, got undefined'],
    ['a queue message', bytes({ ...object, payload: undefined }), 'payload: expected a JSON object'],
    ['another source', bytes({ ...object, KinesisBatchInfo: undefined }), 'KinesisBatchInfo: expected'],
    ['a text as payload', bytes({ ...object, payload: 'password=hunter2' }), 'payload: expected'],
    ['no records', bytes({ ...object, payload: '{}' }), 'payload.Records: expected an array'],
    ['a record of nothing', bytes({ ...object, payload: '{"Records":[null]}' }), 'Records[0].kinesis.data'],
    ['no time', bytes({ ...object, timestamp: 'soon' }), 'timestamp: expected a date'],
  ])('refuses %s, naming the field and repeating nothing', (_, given, said) => {
    const refusal = (): unknown => readFailureObject(given);
    expect(refusal).toThrow(expect.objectContaining({ code: 'FAILURE_OBJECT' }));
    expect(refusal).toThrow(said);
    expect(refusal).not.toThrow('hunter2');
  });
});
