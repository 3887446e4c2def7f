/** Takes a batch apart: every record with the ids that came with it, for handlers that work on one after the other. */
import type { CorrelationHeaders, HeaderDraft } from '../correlation/correlation-headers.ts';
import { field, textField } from './field.ts';
import { sqsValue, takeAttributes } from './ingest/attributes.ts';
import { s3RequestId, takeEnvelope, takeNotification } from './ingest/envelope.ts';
import { takeItemImage } from './ingest/item-image.ts';
import { takeKafkaHeaders } from './ingest/kafka.ts';
import { hasIds } from './ingest/payload.ts';
import { readPayloadText } from './ingest/payload-text.ts';
import { takeStreamData } from './ingest/stream-data.ts';

export interface EventRecord {
  /** `aws:sqs`, `aws:sns`, `aws:kinesis`, `aws:firehose`, `aws:dynamodb`, `aws:s3`, `aws:kafka`, or what the record says. */
  readonly source: string;
  /** Message id, event id or sequence that its source gave it; empty where it has none. */
  readonly id: string;
  /** The record itself, as it is in the event. */
  readonly record: unknown;
  readonly headers: CorrelationHeaders;
}

const MAX_ID_CHARS = 256;
/** Ten times the largest batch (SQS, Kinesis and Kafka: 10,000). */
const MAX_RECORDS = 100_000;
const MAX_TRACE_HEADER_CHARS = 1024;

/** True for events that hold a list of records. */
export function isBatch(event: unknown): boolean {
  return lists(event).length > 0;
}

/**
 * All records in their order, one at a time; none for an event that is no batch. Never throws: a record that
 * cannot be read has no id and no headers.
 */
export function* readRecords(event: unknown): Generator<EventRecord, void, undefined> {
  for (const { source, records, count } of safeLists(event)) {
    for (let i = 0; i < count; i++) yield readRecord(records, i, source);
  }
}

interface RecordList {
  /** Undefined where the records name it themselves. */
  readonly source: string | undefined;
  readonly records: readonly unknown[];
  readonly count: number;
}

function safeLists(event: unknown): readonly RecordList[] {
  try {
    return lists(event);
  } catch {
    // An event that cannot be read holds no record that could be handed out.
    return [];
  }
}

function lists(event: unknown): readonly RecordList[] {
  const named = field(event, 'Records');
  if (Array.isArray(named)) return [listOf(undefined, named)];
  const records = field(event, 'records');
  if (Array.isArray(records) && field(event, 'deliveryStreamArn') !== undefined) {
    return [listOf('aws:firehose', records)];
  }
  const source = field(event, 'eventSource');
  if (source !== 'aws:kafka' && source !== 'SelfManagedKafka') return [];
  if (typeof records !== 'object' || records === null) return [];
  return Object.values(records)
    .filter((list): list is readonly unknown[] => Array.isArray(list))
    .map((list) => listOf('aws:kafka', list));
}

function listOf(source: string | undefined, records: readonly unknown[]): RecordList {
  return { source, records, count: Math.min(records.length, MAX_RECORDS) };
}

function readRecord(records: readonly unknown[], index: number, listSource: string | undefined): EventRecord {
  let record: unknown;
  try {
    record = records[index];
    const source =
      listSource ??
      textField(record, 'eventSource', MAX_ID_CHARS) ??
      textField(record, 'EventSource', MAX_ID_CHARS);
    return read(source ?? 'unknown', record);
  } catch {
    // A getter or a proxy in the record threw; the handler gets it all the same.
    return { source: 'unknown', id: '', record, headers: {} };
  }
}

function read(source: string, record: unknown): EventRecord {
  const id = idOf(source, record);
  const headers: HeaderDraft = {};
  if (id !== '') headers['source-id'] = id;
  take(source, record, headers);
  return { source, id, record, headers };
}

function take(source: string, record: unknown, draft: HeaderDraft): void {
  switch (source) {
    case 'aws:sqs':
      takeQueueMessage(record, draft);
      break;
    case 'aws:sns':
      takeNotification(field(record, 'Sns'), draft, 0);
      break;
    case 'aws:kinesis':
      takeStreamData(field(field(record, 'kinesis'), 'data'), draft);
      break;
    case 'aws:firehose':
      takeStreamData(field(record, 'data'), draft);
      break;
    case 'aws:dynamodb':
      takeItemImage(record, draft);
      break;
    case 'aws:kafka':
      takeKafkaHeaders(record, draft);
      break;
  }
}

/** Attributes first: the body is looked at only where they say nothing. */
function takeQueueMessage(message: unknown, draft: HeaderDraft): void {
  takeAttributes(field(message, 'messageAttributes'), sqsValue, draft);
  const xray = textField(field(message, 'attributes'), 'AWSTraceHeader', MAX_TRACE_HEADER_CHARS);
  if (xray !== undefined) draft['x-amzn-trace-id'] = xray;
  if (!hasIds(draft)) takeEnvelope(readPayloadText(field(message, 'body')), draft);
}

function idOf(source: string, record: unknown): string {
  switch (source) {
    case 'aws:sns':
      return textField(field(record, 'Sns'), 'MessageId', MAX_ID_CHARS) ?? '';
    case 'aws:firehose':
      return textField(record, 'recordId', MAX_ID_CHARS) ?? '';
    case 'aws:s3':
      return s3RequestId({ Records: [record] }) ?? '';
    case 'aws:kafka':
      return `${String(field(record, 'topic'))}-${String(field(record, 'partition'))}-${String(field(record, 'offset'))}`.slice(
        0,
        MAX_ID_CHARS,
      );
    case 'aws:ses':
      return textField(field(field(record, 'ses'), 'mail'), 'messageId', MAX_ID_CHARS) ?? '';
    default:
      return textField(record, 'messageId', MAX_ID_CHARS) ?? textField(record, 'eventID', MAX_ID_CHARS) ?? '';
  }
}
