/** Packs log events into the gzip records that a subscription filter delivers to Kinesis. */
import { gzipSync } from 'node:zlib';
import { halveEvent, type LogEvent } from './log-event.ts';

/** Where the events of a record come from and by which filter. */
export interface RecordOrigin {
  /** Account, 12 digits. */
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly filterName: string;
}

/** Kinesis takes 1 MiB a record by default, partition key included. */
const MAX_RECORD_BYTES = 1_048_576 - 1_024;
const MAX_EVENTS = 10_000;
/** UTF-16 units of messages that are tried as one record, so that no reader has to inflate much more. */
const MAX_TEXT = 4 * 1_048_576;

/** All events in their order, in as few records as the limits allow. */
export function packRecords(events: readonly LogEvent[], origin: RecordOrigin): Buffer[] {
  const records: Buffer[] = [];
  let start = 0;
  let text = 0;
  for (const [at, event] of events.entries()) {
    text += event.message.length;
    const full = at - start === MAX_EVENTS || (at > start && text > MAX_TEXT);
    if (!full) continue;
    records.push(...pack(events.slice(start, at), origin, 0));
    start = at;
    text = event.message.length;
  }
  if (start < events.length) records.push(...pack(events.slice(start), origin, 0));
  return records;
}

/** What a destination gets when a subscription is made, to see whether it can be reached. */
export function controlRecord(now: number): Buffer {
  return gzipJson({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [
      {
        id: '',
        timestamp: now,
        message: 'CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.',
      },
    ],
  });
}

function pack(events: readonly LogEvent[], origin: RecordOrigin, depth: number): Buffer[] {
  const record = gzipJson({
    messageType: 'DATA_MESSAGE',
    owner: origin.owner,
    logGroup: origin.logGroup,
    logStream: origin.logStream,
    subscriptionFilters: [origin.filterName],
    logEvents: events,
  });
  if (record.length <= MAX_RECORD_BYTES) return [record];
  const [first] = events;
  if (events.length === 1 && first !== undefined) {
    // A message of control characters takes six bytes each in JSON and can outgrow the record by itself.
    return halveEvent(first, depth).flatMap((half) => pack([half], origin, depth + 1));
  }
  const middle = Math.ceil(events.length / 2);
  return [events.slice(0, middle), events.slice(middle)].flatMap((half) => pack(half, origin, depth));
}

function gzipJson(value: unknown): Buffer {
  return gzipSync(JSON.stringify(value));
}
