import type {
  ALBEvent,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyWebsocketEventV2,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayTokenAuthorizerEvent,
  AppSyncResolverEvent,
  DynamoDBStreamEvent,
  EventBridgeEvent,
  FirehoseTransformationEvent,
  KinesisStreamEvent,
  LambdaFunctionURLEvent,
  S3Event,
  SNSEvent,
  SQSEvent,
} from 'aws-lambda';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createTestTrailgate, events } from '../index.ts';
import { INSTANT, INSTANT_MS } from './instant.ts';

describe('events', () => {
  test('fit the platform’s own types', () => {
    expectTypeOf(events.restV1()).toExtend<APIGatewayProxyEvent>();
    expectTypeOf(events.httpV2()).toExtend<APIGatewayProxyEventV2>();
    expectTypeOf(events.functionUrl()).toExtend<LambdaFunctionURLEvent>();
    expectTypeOf(events.webSocket()).toExtend<APIGatewayProxyWebsocketEventV2>();
    expectTypeOf(events.alb()).toExtend<ALBEvent>();
    expectTypeOf(events.appSync()).toExtend<AppSyncResolverEvent<Record<string, unknown>>>();
    expectTypeOf(events.sqs()).toExtend<SQSEvent>();
    expectTypeOf(events.sns()).toExtend<SNSEvent>();
    expectTypeOf(events.eventBridge()).toExtend<EventBridgeEvent<string, Record<string, unknown>>>();
    expectTypeOf(events.kinesis()).toExtend<KinesisStreamEvent>();
    expectTypeOf(events.firehose()).toExtend<FirehoseTransformationEvent>();
    expectTypeOf(events.dynamoDbStream()).toExtend<DynamoDBStreamEvent>();
    expectTypeOf(events.s3()).toExtend<S3Event>();
    expectTypeOf(events.authorizerToken()).toExtend<APIGatewayTokenAuthorizerEvent>();
    expectTypeOf(events.authorizerRequest()).toExtend<APIGatewayRequestAuthorizerEvent>();
    expect(new Date(INSTANT_MS).toISOString()).toBe(INSTANT);
  });

  test('are JSON, as what the platform sends, and anew each time', () => {
    const builders = Object.entries(events) as [string, () => object][];
    expect(builders.map(([name]) => name).sort()).toEqual(
      [
        ...[
          'alb',
          'appSync',
          'authorizerRequest',
          'authorizerToken',
          'direct',
          'dynamoDbStream',
          'eventBridge',
        ],
        ...[
          'eventBridgeInSqs',
          'firehose',
          'functionUrl',
          'httpV2',
          'kinesis',
          'restV1',
          's3',
          'sns',
          'snsInSqs',
        ],
        ...['sqs', 'stepFunctions', 'webSocket'],
      ].sort(),
    );
    for (const [name, build] of builders) {
      const event = build();
      expect(JSON.parse(JSON.stringify(event)), name).toEqual(event);
      expect(build(), name).not.toBe(event);
    }
  });

  test('take any part from the test, at any depth, and lose what is undefined', () => {
    const event = events.restV1({
      headers: { traceparent: 'x', Host: undefined },
      requestContext: { authorizer: { user: 'ann' }, identity: { sourceIp: '198.51.100.7' } },
      body: '{}',
    });
    expect(event).toMatchObject({
      body: '{}',
      resource: '/orders/{id}',
      headers: { traceparent: 'x', Accept: 'application/json' },
    });
    expect(event.requestContext).toMatchObject({
      authorizer: { user: 'ann' },
      identity: { sourceIp: '198.51.100.7', userAgent: 'curl/8.5.0' },
      stage: 'prod',
    });
    expect(Object.keys(event.headers)).not.toContain('Host');
  });

  test('of batches have as many records as are asked for, with ids of their own', () => {
    const { Records } = events.sqs({ Records: [{ body: 'a' }, {}, { messageId: 'mine' }] });
    expect(Records.map(({ body }) => body)).toEqual(['a', '{"orderId":"17"}', '{"orderId":"17"}']);
    expect(new Set(Records.map(({ messageId }) => messageId)).size).toBe(3);
    expect(Records[2]?.messageId).toBe('mine');
    expect(events.sqs({ Records: [] }).Records).toEqual([]);
  });

  test('of streams carry payloads as base64 JSON', () => {
    const payloads = [{ a: 1 }, { a: 2 }];
    const read = (data: string): unknown => JSON.parse(Buffer.from(data, 'base64').toString());
    expect(events.kinesis({ payloads }).Records.map(({ kinesis }) => read(kinesis.data))).toEqual(payloads);
    expect(events.firehose({ payloads }).records.map(({ data }) => read(data))).toEqual(payloads);
  });

  test('wrap messages of SNS and EventBridge as those services do', () => {
    const [sns] = events.snsInSqs({ notifications: [{ Message: 'hello' }] }).Records;
    expect(JSON.parse(sns?.body ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello' });
    const [bus] = events.eventBridgeInSqs({ events: [{ detail: { a: 1 } }] }).Records;
    expect(JSON.parse(bus?.body ?? '')).toMatchObject({
      'detail-type': 'OrderPlaced',
      detail: { a: 1, orderId: '17' },
    });
  });

  test.each(Object.entries(events) as [string, () => object][])(
    '%s is taken by a wrapped handler as it is',
    async (name, build) => {
      const kit = createTestTrailgate();
      const event = build();
      let given: unknown;
      await kit.invoke(
        kit.trailgate.wrap(async (one: object) => {
          given = one;
          return { statusCode: 200 };
        }),
        event,
      );
      expect(given, name).toBe(event);
      expect(kit.requests.length).toBe(1);
      expect(kit.requests[0]?.route).not.toBe('unknown');
    },
  );
});
