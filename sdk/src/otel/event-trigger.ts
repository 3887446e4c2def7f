/** Says in the words of OpenTelemetry's conventions what made the platform call the function. */
import { field, textField } from '../event/field.ts';

export interface EventTrigger {
  /** `faas.trigger` */
  readonly trigger: 'http' | 'pubsub' | 'datasource' | 'timer' | 'other';
  /** Present for messages. */
  readonly messaging?: {
    /** `messaging.system` */
    readonly system: string;
    /** Absent where the messages are of several. */
    readonly destination?: string;
    readonly messages: number;
  };
  /** Present for changes in a data source. */
  readonly document?: { readonly collection: string; readonly operation: 'insert' | 'edit' | 'delete' };
}

/** Well-known names are those of the conventions; AWS services that have none are named alike. */
const SYSTEMS: Readonly<Record<string, string>> = {
  'aws:sqs': 'aws_sqs',
  'aws:sns': 'aws.sns',
  'aws:kinesis': 'aws_kinesis',
  'aws:kafka': 'kafka',
  SelfManagedKafka: 'kafka',
  'aws:mq': 'activemq',
  'aws:rmq': 'rabbitmq',
};
const TIMERS: ReadonlySet<string> = new Set(['aws.events', 'aws.scheduler']);
const MAX_NAME_CHARS = 256;

/** Never throws: what cannot be read is `other`. */
export function eventTrigger(event: unknown): EventTrigger {
  try {
    return recordsTrigger(event) ?? singleTrigger(event);
  } catch {
    // A getter or a proxy in the event threw; the handler gets it all the same.
    return { trigger: 'other' };
  }
}

function recordsTrigger(event: unknown): EventTrigger | undefined {
  const records = field(event, 'Records');
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const first: unknown = records[0];
  const source =
    textField(first, 'eventSource', MAX_NAME_CHARS) ?? textField(first, 'EventSource', MAX_NAME_CHARS);
  if (source === 'aws:s3' || source === 'aws:dynamodb') return datasourceTrigger(source, first);
  const system = SYSTEMS[source ?? ''];
  if (system === undefined) return { trigger: 'other' };
  const destinations = new Set(records.map(destinationOf));
  const [destination] = destinations;
  return {
    trigger: 'pubsub',
    messaging: {
      system,
      messages: records.length,
      ...(destinations.size === 1 && destination !== undefined ? { destination } : {}),
    },
  };
}

function singleTrigger(event: unknown): EventTrigger {
  const source = textField(event, 'source', MAX_NAME_CHARS);
  const detailType = textField(event, 'detail-type', MAX_NAME_CHARS);
  if (source !== undefined && detailType !== undefined) {
    if (TIMERS.has(source) && detailType.startsWith('Scheduled')) return { trigger: 'timer' };
    return { trigger: 'pubsub', messaging: { system: 'aws_eventbridge', destination: source, messages: 1 } };
  }
  const broker = SYSTEMS[textField(event, 'eventSource', MAX_NAME_CHARS) ?? ''];
  if (broker === undefined) return { trigger: 'other' };
  return { trigger: 'pubsub', messaging: { system: broker, ...brokerMessages(event) } };
}

function datasourceTrigger(source: string, record: unknown): EventTrigger {
  const name = textField(record, 'eventName', MAX_NAME_CHARS) ?? '';
  const collection =
    source === 'aws:s3'
      ? textField(field(field(record, 's3'), 'bucket'), 'name', MAX_NAME_CHARS)
      : textField(record, 'eventSourceARN', MAX_NAME_CHARS)?.split('/')[1];
  if (collection === undefined) return { trigger: 'datasource' };
  const operation = /remove|delete/i.test(name) ? 'delete' : name === 'MODIFY' ? 'edit' : 'insert';
  return { trigger: 'datasource', document: { collection, operation } };
}

/** The name of a queue, a topic or a stream: the last part of its ARN. */
function destinationOf(record: unknown): string | undefined {
  const arn =
    textField(record, 'eventSourceARN', MAX_NAME_CHARS) ??
    textField(field(record, 'Sns'), 'TopicArn', MAX_NAME_CHARS);
  return arn?.split(/[:/]/).at(-1);
}

/** Kafka and MQ events hold lists of messages by `topic-partition` or `queue::host`. */
function brokerMessages(event: unknown): { readonly messages: number; readonly destination?: string } {
  const lists = field(event, 'records') ?? field(event, 'rmqMessagesByQueue') ?? field(event, 'messages');
  if (Array.isArray(lists)) return { messages: lists.length };
  if (typeof lists !== 'object' || lists === null) return { messages: 0 };
  let messages = 0;
  for (const list of Object.values(lists)) messages += Array.isArray(list) ? list.length : 0;
  const destinations = new Set(Object.keys(lists).map((key) => key.replace(/-\d+$|::.*$/, '')));
  const [destination] = destinations;
  return {
    messages,
    ...(destinations.size === 1 && destination !== undefined
      ? { destination: destination.slice(0, MAX_NAME_CHARS) }
      : {}),
  };
}
