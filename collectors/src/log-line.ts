/** One log line with the envelope that it arrived in: what every kind is asked about. */

import type { SubscriptionRecord } from './decode/subscription-record.ts';
import { shortHash, streamHash } from './documents/document-id.ts';
import { isLogTime } from './log-time.ts';

/** Longest log event: CloudWatch Logs, 1 MiB since 2025-04. */
export const MAX_EVENT_BYTES = 1_048_576;

export interface LogLine {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** First half of the ids of all documents of this stream. */
  readonly streamHash: string;
  readonly eventId: string;
  /** Time of the log event, epoch milliseconds. */
  readonly time: number;
  /** When the record reached Kinesis, epoch milliseconds. */
  readonly arrival: number;
  /** The message as it came. */
  readonly message: string;
  /** The message without the line break at its end. */
  readonly text: string;
}

export type ReadLine =
  | { readonly is: 'line'; readonly line: LogLine }
  | { readonly is: 'unreadable'; readonly line: LogLine; readonly reason: string };

/** Where a line came from, with the hash that the ids of all documents of its stream begin with. */
export type LineEnvelope = Pick<LogLine, 'owner' | 'logGroup' | 'logStream' | 'streamHash' | 'arrival'>;

export function lineEnvelope(
  { owner, logGroup, logStream }: Pick<SubscriptionRecord, 'owner' | 'logGroup' | 'logStream'>,
  arrival: number,
): LineEnvelope {
  return { owner, logGroup, logStream, streamHash: streamHash(owner, logGroup, logStream), arrival };
}

/** The line of a log event at its position in the subscription record; one of the wrong shape is unreadable alone. */
export function readLine(envelope: LineEnvelope, event: unknown, position: number): ReadLine {
  const fault = faultOf(event);
  const { id, timestamp, message } = (event ?? {}) as Readonly<Record<string, unknown>>;
  const raw = typeof message === 'string' ? message : (JSON.stringify(event) ?? '');
  const { arrival } = envelope;
  const line: LogLine = {
    ...envelope,
    // Without an id of its own: its place and content, which are the same at the next delivery.
    eventId: typeof id === 'string' && id !== '' ? id : `x${shortHash(`${arrival}/${position}/${raw}`)}`,
    time: typeof timestamp === 'number' ? timestamp : arrival,
    message: raw,
    text: raw.replace(/\r?\n$/, ''),
  };
  if (fault !== undefined) return { is: 'unreadable', line, reason: fault };
  // A UTF-16 unit is at least one byte and at most three.
  if (raw.length > MAX_EVENT_BYTES / 3 && Buffer.byteLength(raw) > MAX_EVENT_BYTES) {
    return { is: 'unreadable', line, reason: `oversize: more than ${MAX_EVENT_BYTES} bytes` };
  }
  return { is: 'line', line };
}

function faultOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null)
    return `log event: expected an object, got ${typeof event}`;
  const { id, timestamp, message } = event as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || id === '') return `log event id: expected a string, got ${typeof id}`;
  if (!isLogTime(timestamp)) return 'log event timestamp: expected epoch milliseconds';
  if (typeof message !== 'string') return `log event message: expected a string, got ${typeof message}`;
  return undefined;
}
