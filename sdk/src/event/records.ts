/** Takes a batch apart: every record with the ids that came with it, for handlers that work on one after the other. */
import type { CorrelationHeaders, HeaderDraft } from '../correlation/correlation-headers.ts';
import { ownSource } from './event-source.ts';
import { field, textField } from './field.ts';
import { takeAttributes } from './ingest/attributes.ts';
import { s3RequestId, takeEnvelope, takeNotification } from './ingest/envelope.ts';
import { takeItemImage } from './ingest/item-image.ts';
import { hasIds } from './ingest/payload.ts';
import { readPayloadText } from './ingest/payload-text.ts';
import { takeStreamData } from './ingest/stream-data.ts';

export interface EventRecord {
  /** `aws:sqs`, `aws:sns`, `aws:kinesis`, `aws:firehose`, `aws:dynamodb`, `aws:s3`, or what the record says. */
  readonly source: string;
  /** Message id, event id or sequence that its source gave it; empty where it has none. */
  readonly id: string;
  /** The record itself, as it is in the event. */
  readonly record: unknown;
  readonly headers: CorrelationHeaders;
}

/** Ten times the largest batch (SQS and Kinesis: 10,000). */
const MAX_RECORDS = 100_000;
const MAX_TRACE_HEADER_CHARS = 1024;
const FIREHOSE = 'aws:firehose';

/** True for events that hold a list of records. */
export function isBatch(event: unknown): boolean {
  return listIn(event).length > 0;
}

/**
 * All records in their order, one at a time; none for an event that is no batch. Never throws: a record that
 * cannot be read has no id and no headers.
 */
export function* readRecords(event: unknown): Generator<EventRecord, void, undefined> {
  let records: readonly unknown[] = [];
  let count = 0;
  let source: string | undefined;
  try {
    records = listIn(event);
    count = Math.min(records.length, MAX_RECORDS);
    if (field(event, 'Records') === undefined) source = FIREHOSE;
  } catch {
    // An event that cannot be read holds no record that could be handed out.
  }
  for (let i = 0; i < count; i++) yield readRecord(records, i, source);
}

/** Firehose alone writes `records`, which do not name it. */
function listIn(event: unknown): readonly unknown[] {
  const list =
    field(event, 'Records') ??
    (field(event, 'deliveryStreamArn') === undefined ? undefined : field(event, 'records'));
  return Array.isArray(list) ? list : [];
}

function readRecord(records: readonly unknown[], index: number, listSource: string | undefined): EventRecord {
  let record: unknown;
  try {
    record = records[index];
    const source = listSource ?? ownSource(record) ?? 'unknown';
    const id = idOf(record);
    const headers: HeaderDraft = {};
    if (id !== '') headers['source-id'] = id;
    take(source, record, headers);
    return { source, id, record, headers };
  } catch {
    // A getter or a proxy in the record threw; the handler gets it all the same.
    return { source: 'unknown', id: '', record, headers: {} };
  }
}

function take(source: string, record: unknown, draft: HeaderDraft): void {
  if (source === 'aws:sqs') takeQueueMessage(record, draft);
  else if (source === 'aws:sns') takeNotification(field(record, 'Sns'), draft, 0);
  else if (source === 'aws:kinesis') takeStreamData(field(field(record, 'kinesis'), 'data'), draft);
  else if (source === FIREHOSE) takeStreamData(field(record, 'data'), draft);
  else if (source === 'aws:dynamodb') takeItemImage(field(record, 'dynamodb'), draft);
}

/** Attributes first: the body is looked at only where they say nothing. */
function takeQueueMessage(message: unknown, draft: HeaderDraft): void {
  takeAttributes(field(message, 'messageAttributes'), draft);
  const xray = textField(field(message, 'attributes'), 'AWSTraceHeader', MAX_TRACE_HEADER_CHARS);
  if (xray !== undefined) draft['x-amzn-trace-id'] = xray;
  if (!hasIds(draft)) takeEnvelope(readPayloadText(field(message, 'body')), draft);
}

/** Each source has a name of its own for it. */
function idOf(record: unknown): string {
  return (
    textField(record, 'messageId') ??
    textField(record, 'eventID') ??
    textField(record, 'recordId') ??
    textField(field(record, 'Sns'), 'MessageId') ??
    textField(field(field(record, 'ses'), 'mail'), 'messageId') ??
    s3RequestId(record) ??
    ''
  );
}
