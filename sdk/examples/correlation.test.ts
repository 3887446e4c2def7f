import { createTestTrailgate, events } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { orderConsumer } from './correlation.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CARRIER = JSON.stringify({
  traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
  correlation_id: 'order-17',
});

test('every message is worked on under the ids that its sender gave it, through SNS and EventBridge too', async () => {
  const { trailgate, invoke, logs } = createTestTrailgate();
  const sent: (string | undefined)[] = [];
  const consumer = orderConsumer(trailgate, async (order) => {
    sent.push(trailgate.outgoingHeaders()['x-correlation-id']);
    if (order === 'broken') throw new Error('cannot be shipped');
  });
  const ours = events.sqs({
    Records: [
      { messageAttributes: { _trailgate: { stringValue: CARRIER, dataType: 'String' } } },
      { body: 'broken' },
    ],
  });
  const topic = events.snsInSqs({
    notifications: [{ MessageAttributes: { 'x-correlation-id': { Type: 'String', Value: 'order-18' } } }],
  });
  const bus = events.eventBridgeInSqs({ events: [{ detail: { _trailgate: CARRIER } }] });
  const [first, broken] = ours.Records;
  const Records = [...ours.Records, ...topic.Records, ...bus.Records];

  const answer = await invoke(consumer, { Records });

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: broken?.messageId }] });
  expect(sent).toEqual(['order-17', broken?.messageId, 'order-18', 'order-17']);
  const shipping = logs.filter(({ message }) => message === 'shipping');
  expect(shipping.map(({ correlation_id }) => correlation_id)).toEqual(sent);
  expect(shipping[0]).toMatchObject({
    trace_id: TRACE,
    record: { source: 'aws:sqs', id: first?.messageId },
    fields: { sender: 'order-17' },
  });
});
