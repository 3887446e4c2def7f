/** Opens what wraps a message on its way: SNS notifications, EventBridge events, S3 notifications. */
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field, textField } from '../field.ts';
import { snsValue, takeAttributes } from './attributes.ts';
import { hasIds, takePayload } from './payload.ts';
import { readPayloadText } from './payload-text.ts';

const MAX_DEPTH = 2;
const MAX_ID_CHARS = 128;

/**
 * Whatever is no envelope is the payload itself. The innermost message's id becomes the source's.
 * @param depth envelopes around this one: a queue holds a topic's message that holds a bus's event
 */
export function takeEnvelope(value: unknown, draft: HeaderDraft, depth = 0): void {
  if (isNotification(value)) {
    takeNotification(value, draft, depth);
  } else if (typeof field(value, 'detail-type') === 'string') {
    takeBusEvent(value, draft);
  } else {
    const requestId = s3RequestId(value);
    if (requestId !== undefined) draft['source-id'] = requestId;
    else takePayload(value, draft);
  }
}

/** An SNS notification, or the `Sns` part of a record, which has the same members. */
export function takeNotification(notification: unknown, draft: HeaderDraft, depth: number): void {
  takeSourceId(notification, 'MessageId', draft);
  takeAttributes(field(notification, 'MessageAttributes'), snsValue, draft);
  if (hasIds(draft) || depth === MAX_DEPTH) return;
  takeEnvelope(readPayloadText(field(notification, 'Message')), draft, depth + 1);
}

/** The request that made S3 notify; the same in every record of a notification. */
export function s3RequestId(event: unknown): string | undefined {
  const records = field(event, 'Records');
  const first: unknown = Array.isArray(records) ? records[0] : undefined;
  return textField(field(first, 'responseElements'), 'x-amz-request-id', MAX_ID_CHARS);
}

function takeBusEvent(event: unknown, draft: HeaderDraft): void {
  const detail = field(event, 'detail');
  takePayload(detail, draft);
  if (field(event, 'source') === 'aws.s3' && typeof field(detail, 'request-id') === 'string') {
    takeSourceId(detail, 'request-id', draft);
  } else {
    takeSourceId(event, 'id', draft);
  }
}

function isNotification(value: unknown): boolean {
  return field(value, 'Type') === 'Notification' && typeof field(value, 'TopicArn') === 'string';
}

function takeSourceId(value: unknown, name: string, draft: HeaderDraft): void {
  const id = textField(value, name, MAX_ID_CHARS);
  if (id !== undefined) draft['source-id'] = id;
}
