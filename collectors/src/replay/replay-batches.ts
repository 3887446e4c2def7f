/** Turns a log file into the events that the collector takes from Kinesis, so that old logs go the way of new ones. */

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { KinesisStreamEvent } from 'aws-lambda';
import { inflate } from '../decode/inflate.ts';
import { firstInvalidByte } from '../decode/utf8.ts';
import { documentId, shortHash, streamHash } from '../documents/document-id.ts';
import { MAX_EVENT_BYTES } from '../log-line.ts';
import type { QuarantineEntry } from '../ports.ts';
import { createLineRedaction } from '../redaction/line-redaction.ts';
import { redactedRecord } from '../redaction/redacted-record.ts';
import { capturedRecord } from './captured-record.ts';
import { type FileLine, fileLines } from './file-lines.ts';
import { lineTime } from './line-time.ts';
import { replayEvent } from './replay-event.ts';

export interface ReplayOptions {
  /** Log group that the lines are said to come from; `/aws/lambda/<name>` names the function. */
  readonly group: string;
  /**
   * Epoch milliseconds: the time of lines before the first one that names its own, and the latest that a line may
   * be. The file's modification time keeps a second replay of such lines in the same index.
   */
  readonly now: number;
  /** Account that the lines are said to come from. @default 'replay' */
  readonly owner?: string;
  /** Bytes that a compressed file may grow to. @default 1_073_741_824 */
  readonly maxInflatedBytes?: number;
}

export type ReplayItem =
  /** For the collector; `lines` of the file are in it. */
  | { readonly kind: 'event'; readonly event: KinesisStreamEvent; readonly lines: number }
  /** For the quarantine: a line that no event can carry. */
  | { readonly kind: 'quarantine'; readonly entry: QuarantineEntry };

/** `lines = carried + quarantined`; the collector's summaries say what became of the carried ones. */
export interface ReplayAccount {
  readonly lines: number;
  readonly carried: number;
  readonly quarantined: number;
}

/** A record is closed when its lines reach this size. */
const RECORD_BYTES = 1_048_576;
const RECORD_LINES = 2_000;
/** Nor do its lines lie further apart, so that an old line is not late beside a new one. */
const RECORD_SPAN_MS = 86_400_000;

interface Chunk {
  readonly events: { readonly id: string; readonly timestamp: number; readonly message: string }[];
  bytes: number;
  first: number;
  last: number;
}

/**
 * JSON lines or text, a CloudTrail file of S3, plain or gzip, or captured subscription records; the same file, group and owner
 * always give the same document ids. The generator's return value is the account.
 */
export function* replayBatches(
  file: { readonly name: string; readonly bytes: Uint8Array },
  options: ReplayOptions,
): Generator<ReplayItem, ReplayAccount> {
  const { group, now, owner = 'replay', maxInflatedBytes = 1_073_741_824 } = options;
  const hash = streamHash(owner, group, file.name);
  const redaction = createLineRedaction();
  let carried = 0;
  let quarantined = 0;
  let position = 0;
  let time = now;
  let chunk: Chunk | undefined;

  const event = (data: Uint8Array, lines: number, arrival: number): ReplayItem => {
    carried += lines;
    position++;
    return { kind: 'event', event: replayEvent(data, file.name, position, arrival), lines };
  };
  const setAside = (bytes: Uint8Array, eventId: string, reason: string): ReplayItem => {
    quarantined++;
    const origin = { owner, logGroup: group, logStream: file.name, eventId, time, arrival: now };
    const kept = redactedRecord(bytes, maxInflatedBytes, redaction);
    const raw = Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength).toString('base64');
    const redacted = kept === bytes ? {} : { redacted: true as const };
    const entry = { id: documentId(hash, eventId), reason, origin, raw, ...redacted, at: now };
    return { kind: 'quarantine', entry };
  };
  function* close(): Generator<ReplayItem> {
    if (chunk === undefined) return;
    const { events, last } = chunk;
    chunk = undefined;
    const record = {
      messageType: 'DATA_MESSAGE',
      owner,
      logGroup: group,
      logStream: file.name,
      subscriptionFilters: ['replay'],
      logEvents: events,
    };
    yield event(Buffer.from(JSON.stringify(record)), events.length, Math.min(last, now));
  }

  const inflated = inflate(file.bytes, maxInflatedBytes);
  if (inflated.is === 'unreadable') {
    yield setAside(file.bytes, `file-${shortHash(file.bytes)}`, inflated.reason);
    return { lines: 1, carried, quarantined };
  }
  // A file of one record a line is not taken whole, however large it is.
  const [firstLine] = fileLines(inflated.bytes);
  const byLine = firstLine !== undefined && capturedRecord(firstLine.bytes, maxInflatedBytes) !== undefined;
  const whole = byLine ? undefined : capturedRecord(inflated.bytes, maxInflatedBytes);
  if (whole !== undefined) {
    yield event(whole.bytes, whole.lines, whole.lastTime ?? now);
    return { lines: carried, carried, quarantined };
  }

  for (const line of fileLines(inflated.bytes)) {
    const captured = line.fault === undefined ? capturedRecord(line.bytes, maxInflatedBytes) : undefined;
    if (captured !== undefined) {
      yield* close();
      yield event(captured.bytes, captured.lines, captured.lastTime ?? now);
      continue;
    }
    const fault = line.fault ?? lineFault(line.bytes);
    if (fault !== undefined) {
      yield setAside(line.bytes, eventId(line), fault);
      continue;
    }
    const message = Buffer.from(line.bytes).toString('utf8');
    // A line without a time belongs to the one before it, as those of a stack trace do.
    time = lineTime(message, now) ?? time;
    if (chunk !== undefined && isFull(chunk, line.bytes.length, time)) yield* close();
    chunk ??= { events: [], bytes: 0, first: time, last: time };
    chunk.events.push({ id: eventId(line), timestamp: time, message });
    chunk.bytes += line.bytes.length;
    chunk.first = Math.min(chunk.first, time);
    chunk.last = Math.max(chunk.last, time);
  }
  yield* close();
  return { lines: carried + quarantined, carried, quarantined };
}

function isFull(chunk: Chunk, more: number, time: number): boolean {
  const span = Math.max(chunk.last, time) - Math.min(chunk.first, time);
  return chunk.events.length >= RECORD_LINES || chunk.bytes + more > RECORD_BYTES || span > RECORD_SPAN_MS;
}

function lineFault(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_EVENT_BYTES) return `oversize: more than ${MAX_EVENT_BYTES} bytes`;
  return isUtf8(bytes) ? undefined : `not UTF-8 at byte ${firstInvalidByte(bytes)}`;
}

/** Decimal like CloudWatch's, rising with the line; the content's hash keeps another file of the same name apart. */
function eventId({ number, bytes }: FileLine): string {
  const content = createHash('sha256').update(bytes).digest().readBigUInt64BE();
  return `${String(number).padStart(12, '0')}${String(content).padStart(20, '0')}`;
}
