import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventTrigger } from './event-trigger.ts';

const ARN = 'arn:aws:x:eu-west-1:1';

describe('the trigger', () => {
  test.each([
    [
      'SNS',
      { Records: [{ EventSource: 'aws:sns', Sns: { TopicArn: `${ARN}:news` } }] },
      'aws.sns',
      'news',
      1,
    ],
    [
      'Kinesis',
      { Records: [{ eventSource: 'aws:kinesis', eventSourceARN: `${ARN}:stream/clicks` }] },
      'aws_kinesis',
      'clicks',
      1,
    ],
    [
      'two queues',
      {
        Records: [
          { eventSource: 'aws:sqs', eventSourceARN: `${ARN}:a` },
          { eventSource: 'aws:sqs', eventSourceARN: `${ARN}:b` },
        ],
      },
      'aws_sqs',
      undefined,
      2,
    ],
    [
      'Kafka',
      { eventSource: 'aws:kafka', records: { 'orders-0': [{}, {}], 'orders-1': [{}] } },
      'kafka',
      'orders',
      3,
    ],
    ['RabbitMQ', { eventSource: 'aws:rmq', rmqMessagesByQueue: { 'jobs::/': [{}] } }, 'rabbitmq', 'jobs', 1],
    ['EventBridge', { source: 'shop.orders', 'detail-type': 'Placed' }, 'aws_eventbridge', 'shop.orders', 1],
  ])('of %s is messages', (_, event, system, destination, messages) => {
    expect(eventTrigger(event)).toEqual({
      trigger: 'pubsub',
      messaging: { system, messages, ...(destination === undefined ? {} : { destination }) },
    });
  });

  test.each([
    ['a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event' }, { trigger: 'timer' }],
    [
      'a bucket',
      {
        Records: [
          { eventSource: 'aws:s3', eventName: 'ObjectRemoved:Delete', s3: { bucket: { name: 'docs' } } },
        ],
      },
      { trigger: 'datasource', document: { collection: 'docs', operation: 'delete' } },
    ],
    [
      'a table',
      {
        Records: [
          {
            eventSource: 'aws:dynamodb',
            eventName: 'MODIFY',
            eventSourceARN: `${ARN}:table/orders/stream/1`,
          },
        ],
      },
      { trigger: 'datasource', document: { collection: 'orders', operation: 'edit' } },
    ],
    ['a direct call', { some: 'payload' }, { trigger: 'other' }],
  ])('of %s', (_, event, trigger) => {
    expect(eventTrigger(event)).toEqual(trigger);
  });

  test('property: of anything is one of five', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (event) => {
        expect(['http', 'pubsub', 'datasource', 'timer', 'other']).toContain(eventTrigger(event).trigger);
      }),
    );
  });
});
