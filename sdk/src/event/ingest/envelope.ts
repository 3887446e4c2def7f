/** Opens what wraps a message on its way: SNS notifications, EventBridge events, S3 notifications. */
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field, textField } from '../field.ts';
import { takeAttributes } from './attributes.ts';
import { hasIds, takePayload } from './payload.ts';
import { readPayloadText } from './payload-text.ts';

const MAX_DEPTH = 2;

/**
 * Whatever is no envelope is the payload itself. The innermost message's id becomes the source's.
 * @param depth envelopes around this one: a queue holds a topic's message that holds a bus's event
 */
export function takeEnvelope(value: unknown, draft: HeaderDraft, depth = 0): void {
  if (field(value, 'Type') === 'Notification' && typeof field(value, 'TopicArn') === 'string') {
    takeNotification(value, draft, depth);
  } else if (typeof field(value, 'detail-type') === 'string') {
    const detail = field(value, 'detail');
    takePayload(detail, draft);
    const s3 = field(value, 'source') === 'aws.s3' ? textField(detail, 'request-id') : undefined;
    takeSourceId(s3 ?? textField(value, 'id'), draft);
  } else {
    const requestId = s3RequestId(field(field(value, 'Records'), '0'));
    takeSourceId(requestId, draft);
    if (requestId === undefined) takePayload(value, draft);
  }
}

/** An SNS notification, or the `Sns` part of a record, which has the same members. */
export function takeNotification(notification: unknown, draft: HeaderDraft, depth: number): void {
  takeSourceId(textField(notification, 'MessageId'), draft);
  takeAttributes(field(notification, 'MessageAttributes'), draft);
  if (hasIds(draft) || depth === MAX_DEPTH) return;
  takeEnvelope(readPayloadText(field(notification, 'Message')), draft, depth + 1);
}

/** The request that made S3 notify; the same in every record of a notification. */
export function s3RequestId(record: unknown): string | undefined {
  return textField(field(record, 'responseElements'), 'x-amz-request-id');
}

function takeSourceId(id: string | undefined, draft: HeaderDraft): void {
  if (id !== undefined) draft['source-id'] = id;
}
