import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { readRecords } from './records.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CARRIER = `{"traceparent":"${TRACEPARENT}","correlation_id":"order-17"}`;
const TAKEN = { traceparent: TRACEPARENT, 'x-correlation-id': 'order-17' };
const XRAY = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';
const DATADOG =
  '{"x-datadog-trace-id":"5","x-datadog-parent-id":"6","x-datadog-tags":"_dd.p.tid=640cfd8d00000000"}';
const MESSAGE_ID = '059f36b4-87a3-44ab-83d2-661975830a7d';
const NOTIFICATION_ID = '95df01b4-ee98-5cb9-9903-4c221d41eb5e';
const EVENT_ID = '6a7e8feb-b491-4cf7-a9f1-bf3703467718';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function sqs(body: unknown, attributes: SQSRecord['messageAttributes'] = {}, trace?: string): SQSEvent {
  return {
    Records: [
      {
        messageId: MESSAGE_ID,
        receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1545082649183',
          SenderId: 'AIDAIENQZJOLO23YVJ4VO',
          ApproximateFirstReceiveTimestamp: '1545082649185',
          ...(trace === undefined ? {} : { AWSTraceHeader: trace }),
        },
        messageAttributes: attributes,
        md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:my-queue',
        awsRegion: 'eu-west-1',
      },
    ],
  };
}

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

/** What S3 notifies of, as far as it is read. */
const S3_EVENT = {
  Records: [{ eventSource: 'aws:s3', responseElements: { 'x-amz-request-id': 'EXAMPLE123456789' } }],
};

const string = (stringValue: string): SQSRecord['messageAttributes'][string] => ({
  stringValue,
  dataType: 'String',
});

function only(event: unknown): { source: string; id: string; headers: object } {
  const records = [...readRecords(event)];
  expect(records).toHaveLength(1);
  const [{ source, id, headers } = { source: '', id: '', headers: {} }] = records;
  return { source, id, headers };
}

describe('SQS', () => {
  test.each([
    ['our attribute', sqs('text', { _trailgate: string(CARRIER) }), TAKEN],
    [
      'ours counts before W3C',
      sqs('text', { traceparent: string('other'), tracestate: string('a=1'), _trailgate: string(CARRIER) }),
      TAKEN,
    ],
    [
      'W3C and its baggage',
      sqs('text', { TraceParent: string(TRACEPARENT), tracestate: string('a=1'), baggage: string('k=v') }),
      { traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'k=v' },
    ],
    [
      'DAZN',
      sqs('text', {
        'x-correlation-id': string('c'),
        'x-correlation-user': string('u'),
        'debug-log-enabled': string('true'),
      }),
      { 'x-correlation-id': 'c', 'x-correlation-user': 'u', 'debug-log-enabled': 'true' },
    ],
    [
      'Datadog',
      sqs('text', { _datadog: string(DATADOG) }),
      {
        'x-datadog-trace-id': '5',
        'x-datadog-parent-id': '6',
        'x-datadog-tags': '_dd.p.tid=640cfd8d00000000',
      },
    ],
    [
      'binary, as SNS delivers raw',
      sqs('text', { _trailgate: { binaryValue: base64(CARRIER), dataType: 'Binary' } }),
      TAKEN,
    ],
    ['X-Ray', sqs('text', {}, XRAY), { 'x-amzn-trace-id': XRAY }],
    ['a member of the body', sqs({ order: 17, _trailgate: CARRIER }), TAKEN],
    ['a member that is an object', sqs({ order: 17, _trailgate: JSON.parse(CARRIER) }), TAKEN],
    [
      '__context__ of the body',
      sqs({ __context__: { 'x-correlation-id': 'c' } }),
      { 'x-correlation-id': 'c' },
    ],
    ['nothing', sqs('{"order":17}'), {}],
    ['no JSON', sqs('{_trailgate'), {}],
  ])('%s', (_, event, expected) => {
    expect(only(event)).toEqual({
      source: 'aws:sqs',
      id: MESSAGE_ID,
      headers: { 'source-id': MESSAGE_ID, ...expected },
    });
  });

  test('a large body is searched and not parsed', () => {
    const large = { items: 'x'.repeat(900_000), note: 'not a "_trailgate" member', _trailgate: CARRIER };
    expect(only(sqs(large)).headers).toMatchObject(TAKEN);
    expect(only(sqs({ ...large, _trailgate: JSON.parse(CARRIER) })).headers).toMatchObject(TAKEN);
    expect(only(sqs({ items: large.items, __context__: { 'x-correlation-id': 'c' } })).headers).toEqual({
      'source-id': MESSAGE_ID,
    });
  });
});

describe('what SQS wraps', () => {
  const attribute = { _trailgate: { Type: 'String', Value: CARRIER } };

  test.each([
    ['SNS', notification('text', attribute), TAKEN],
    ['SNS without ids', notification('text'), { 'source-id': NOTIFICATION_ID }],
    [
      'SNS with Datadog as binary',
      notification('text', { _datadog: { Type: 'Binary', Value: base64(DATADOG) } }),
      { 'source-id': NOTIFICATION_ID, 'x-datadog-trace-id': '5' },
    ],
    ['a large SNS message', notification('x'.repeat(200_000), attribute), TAKEN],
    ['EventBridge', busEvent({ _trailgate: CARRIER }), TAKEN],
    ['EventBridge without ids', busEvent({ order: 17 }), { 'source-id': EVENT_ID }],
    ['EventBridge through SNS', notification(busEvent({ _trailgate: CARRIER })), TAKEN],
    ['EventBridge through SNS without ids', notification(busEvent({})), { 'source-id': EVENT_ID }],
    ['S3', S3_EVENT, { 'source-id': 'EXAMPLE123456789' }],
    ['S3 through SNS', notification(S3_EVENT), { 'source-id': 'EXAMPLE123456789' }],
    ['S3 through EventBridge', busEvent({ 'request-id': 'R1' }, 'aws.s3'), { 'source-id': 'R1' }],
    [
      'SNS in SNS in SNS, one too deep',
      notification(notification(notification({ __context__: { 'x-correlation-id': 'c' } }))),
      {},
    ],
  ])('%s', (_, body, expected) => {
    const { source, id, headers } = only(sqs(body));
    expect([source, id]).toEqual(['aws:sqs', MESSAGE_ID]);
    expect(headers).toMatchObject(expected);
    expect(headers).not.toHaveProperty('x-correlation-id', 'c');
  });
});
