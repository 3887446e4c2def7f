import type {
  DynamoDBStreamEvent,
  FirehoseTransformationEvent,
  KinesisStreamEvent,
  S3Event,
  SNSEvent,
} from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { readRecords } from './records.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CARRIER = `{"traceparent":"${TRACEPARENT}","correlation_id":"order-17"}`;
const TAKEN = { traceparent: TRACEPARENT, 'x-correlation-id': 'order-17' };
const NOTIFICATION_ID = '95df01b4-ee98-5cb9-9903-4c221d41eb5e';
const EVENT_ID = '6a7e8feb-b491-4cf7-a9f1-bf3703467718';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const notification = (message: unknown, attributes: object = {}): object => ({
  Type: 'Notification',
  MessageId: NOTIFICATION_ID,
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  Timestamp: '2019-01-02T12:45:07.000Z',
  SignatureVersion: '1',
  MessageAttributes: attributes,
});

const busEvent = (detail: unknown, source = 'com.acme.orders'): object => ({
  version: '0',
  id: EVENT_ID,
  'detail-type': 'OrderPlaced',
  source,
  detail,
});

const S3_EVENT = {
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'eu-west-1',
      eventTime: '1970-01-01T00:00:00.000Z',
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: 'EXAMPLE' },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: {
        'x-amz-request-id': 'EXAMPLE123456789',
        'x-amz-id-2': 'EXAMPLE123/5678abcdefghijk',
      },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'c',
        bucket: { name: 'b', ownerIdentity: { principalId: 'EXAMPLE' }, arn: 'arn:aws:s3:::b' },
        object: { key: 'k', size: 1024, eTag: '0123456789abcdef', sequencer: '0A1B2C3D4E5F678901' },
      },
    },
  ],
} satisfies S3Event;

function only(event: unknown): { source: string; id: string; headers: object } {
  const records = [...readRecords(event)];
  expect(records).toHaveLength(1);
  const [{ source, id, headers } = { source: '', id: '', headers: {} }] = records;
  return { source, id, headers };
}

describe('other batches', () => {
  const sns = (message: unknown, attributes: object): SNSEvent =>
    ({
      Records: [
        {
          EventVersion: '1.0',
          EventSubscriptionArn:
            'arn:aws:sns:eu-west-1:123456789012:orders:21be56ed-a058-49f5-8c98-aedd2564c486',
          EventSource: 'aws:sns',
          Sns: notification(message, attributes),
        },
      ],
    }) as unknown as SNSEvent;

  test.each([
    ['our attribute', sns('text', { _trailgate: { Type: 'String', Value: CARRIER } }), TAKEN],
    ['EventBridge', sns(busEvent({ _trailgate: CARRIER }), {}), TAKEN],
    ['nothing', sns('text', {}), { 'source-id': NOTIFICATION_ID }],
  ])('SNS: %s', (_, event, expected) => {
    const record = only(event);
    expect(record).toMatchObject({ source: 'aws:sns', id: NOTIFICATION_ID, headers: expected });
  });

  const kinesis = (data: string): KinesisStreamEvent => ({
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: '1',
          sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
          data: base64(data),
          approximateArrivalTimestamp: 1_545_084_650.987,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
        awsRegion: 'eu-west-1',
        eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/lambda-stream',
      },
    ],
  });
  const filler = 'ä'.repeat(80_000);

  test.each([
    ['a member', JSON.stringify({ order: 'ä', _trailgate: CARRIER }), TAKEN],
    ['at the end of a large record', JSON.stringify({ filler, _trailgate: CARRIER }), TAKEN],
    ['at the beginning of a large record', JSON.stringify({ _trailgate: CARRIER, filler }), TAKEN],
    [
      'an EventBridge event',
      JSON.stringify(busEvent({ traceparent: TRACEPARENT })),
      { traceparent: TRACEPARENT },
    ],
    ['text', 'this is a test', {}],
  ])('Kinesis: %s', (_, data, expected) => {
    const event = kinesis(data);
    const id = event.Records[0]?.eventID;
    const record = only(event);
    expect(record).toMatchObject({ source: 'aws:kinesis', id, headers: expected });
  });

  test('Firehose', () => {
    const event: FirehoseTransformationEvent = {
      invocationId: '1d1a2b3c',
      deliveryStreamArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/d',
      region: 'eu-west-1',
      records: [
        {
          recordId: '4964',
          approximateArrivalTimestamp: 1,
          data: base64(JSON.stringify({ _trailgate: CARRIER })),
        },
      ],
    };
    expect(only(event)).toEqual({
      source: 'aws:firehose',
      id: '4964',
      headers: { ...TAKEN, 'source-id': '4964' },
    });
  });

  test.each([
    ['as text', 'NewImage', { _trailgate: { S: CARRIER } }, TAKEN],
    [
      'as a map',
      'NewImage',
      { _trailgate: { M: { correlation_id: { S: 'order-17' } } } },
      { 'x-correlation-id': 'order-17' },
    ],
    ['of a removed item', 'OldImage', { _trailgate: { S: CARRIER } }, TAKEN],
    [
      'of DAZN',
      'NewImage',
      { __context__: { M: { 'x-correlation-id': { S: 'c' }, 'call-chain-length': { N: '2' } } } },
      { 'x-correlation-id': 'c', 'call-chain-length': '2' },
    ],
    ['nowhere', 'NewImage', { Id: { N: '101' } }, {}],
  ])('DynamoDB: %s', (_, image, members, expected) => {
    const event: DynamoDBStreamEvent = {
      Records: [
        {
          eventID: 'c4ca4238a0b923820dcc509a6f75849b',
          eventName: 'MODIFY',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'eu-west-1',
          dynamodb: { Keys: { Id: { N: '101' } }, SequenceNumber: '111', SizeBytes: 26, [image]: members },
        },
      ],
    };
    const id = 'c4ca4238a0b923820dcc509a6f75849b';
    expect(only(event)).toEqual({ source: 'aws:dynamodb', id, headers: { 'source-id': id, ...expected } });
  });

  test('S3', () => {
    const id = 'EXAMPLE123456789';
    expect(only(S3_EVENT)).toEqual({ source: 'aws:s3', id, headers: { 'source-id': id } });
  });
});

describe('records', () => {
  test('come in their order, as they are', () => {
    const event = {
      Records: Array.from({ length: 25 }, (_, i) => ({ eventSource: 'aws:sqs', messageId: `m${i}` })),
    };
    expect([...readRecords(event)].map(({ record }) => record)).toEqual(event.Records);
    expect([...readRecords(event)].map(({ id }) => id)).toEqual(
      event.Records.map(({ messageId }) => messageId),
    );
  });

  test('are read when they are asked for', () => {
    let reads = 0;
    const record = {
      eventSource: 'aws:sqs',
      get body() {
        reads += 1;
        return 'text';
      },
    };
    const records = readRecords({ Records: [record, record, record] });
    records.next();
    expect(reads).toBe(1);
  });

  test.each([[{ source: 's', 'detail-type': 'd' }], [{ httpMethod: 'GET' }], [null], ['text'], [[]]])(
    'an event that is no batch has none (%#)',
    (event) => {
      expect([...readRecords(event)]).toEqual([]);
    },
  );

  test('one that cannot be read is handed out all the same', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const event = { Records: [hostile, { eventSource: 'aws:sqs', messageId: 'm' }, null] };
    const records = [...readRecords(event)];
    expect(records[0]).toMatchObject({ source: 'unknown', id: '', headers: {} });
    expect(records[0]?.record).toBe(hostile);
    expect(records[1]).toMatchObject({ source: 'aws:sqs', id: 'm' });
    expect(records[2]).toEqual({ source: 'unknown', id: '', record: null, headers: {} });
  });
});
