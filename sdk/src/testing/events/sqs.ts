/** The events of SQS: plain messages, and those that SNS or EventBridge put into a queue. */
import { type EventBridgeEvent, eventBridge } from './event-bridge.ts';
import { ACCOUNT, INSTANT_MS, numbered, REGION } from './instant.ts';
import { type Overrides, withRecords } from './overrides.ts';
import { type SnsNotification, snsNotification } from './sns.ts';

export interface SqsEvent {
  Records: SqsRecord[];
}

export interface SqsRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: {
    ApproximateReceiveCount: string;
    SentTimestamp: string;
    SenderId: string;
    ApproximateFirstReceiveTimestamp: string;
    AWSTraceHeader?: string;
    MessageGroupId?: string;
    MessageDeduplicationId?: string;
    SequenceNumber?: string;
  };
  messageAttributes: Record<string, { stringValue?: string; binaryValue?: string; dataType: string }>;
  md5OfBody: string;
  eventSource: string;
  eventSourceARN: string;
  awsRegion: string;
}

/** One message, or one for each of `Records`, with ids of their own. */
export function sqs(overrides?: Overrides<SqsEvent>): SqsEvent {
  return { Records: withRecords((position) => record(position, '{"orderId":"17"}'), overrides?.Records) };
}

/** One message for each of `notifications`, whose body is what SNS wraps a message in. */
export function snsInSqs(
  overrides: { readonly notifications?: readonly Overrides<SnsNotification>[] } = {},
): SqsEvent {
  const bodies = withRecords(snsNotification, overrides.notifications);
  return { Records: bodies.map((body, position) => record(position, JSON.stringify(body))) };
}

/** One message for each of `events`, whose body is the EventBridge event. */
export function eventBridgeInSqs(
  overrides: { readonly events?: readonly Overrides<EventBridgeEvent>[] } = {},
): SqsEvent {
  const bodies = (overrides.events ?? [undefined]).map((event) => eventBridge(event));
  return { Records: bodies.map((body, position) => record(position, JSON.stringify(body))) };
}

function record(position: number, body: string): SqsRecord {
  return {
    messageId: numbered('059f36b4-87a3-44ab-83d2-661975830000', position),
    receiptHandle: numbered('AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0000', position),
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(INSTANT_MS - 100),
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(INSTANT_MS - 20),
    },
    messageAttributes: {},
    md5OfBody: '9bb58f26192e4ba00f01e2e7b136bbd8',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`,
    awsRegion: REGION,
  };
}
