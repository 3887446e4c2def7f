/** Makes the entries that keep what could not be read or indexed: reason, origin and the bytes themselves, without secrets. */
import type { KinesisStreamRecord } from 'aws-lambda';
import { documentId, shortHash } from '../documents/document-id.ts';
import type { LogLine } from '../log-line.ts';
import type { QuarantineEntry } from '../ports.ts';
import { createLineRedaction, type LineRedaction } from '../redaction/line-redaction.ts';
import { redactedMessage } from '../redaction/redacted-message.ts';
import { redactedRecord } from '../redaction/redacted-record.ts';

/** Longest reason kept; an index's own message can be long. */
const REASON_CHARS = 500;
/** What an index quotes of a document. */
const PREVIEW = /\bPreview of field's value.*$/s;
const QUOTED = /(?<!\w)(["'`]).*?(?:\1(?!\w)|$)/gs;
/** What records may inflate to where a deployment says nothing else. */
const MAX_INFLATED_BYTES = 67_108_864;
/** Holds no state but the names that it has read. */
const BUILT_IN: LineRedaction = createLineRedaction();

/** Entry of one line; its neighbours go on. */
export function quarantineLine(
  line: LogLine,
  reason: string,
  record: KinesisStreamRecord,
  at: number,
  redaction: LineRedaction = BUILT_IN,
): QuarantineEntry {
  const { owner, logGroup, logStream, eventId, time, arrival } = line;
  const message = redactedMessage(line.message, redaction);
  return {
    id: documentId(line.streamHash, eventId),
    reason: toldReason(reason, redaction),
    origin: { owner, logGroup, logStream, eventId, kinesis: placeOf(record), time, arrival },
    raw: Buffer.from(message).toString('base64'),
    ...(message === line.message ? {} : { redacted: true }),
    at,
  };
}

/** Entry of a whole Kinesis record. Gzip that does not inflate within the limit is kept as it came. */
export function quarantineRecord(
  record: KinesisStreamRecord,
  reason: string,
  at: number,
  redaction: LineRedaction = BUILT_IN,
  maxInflatedBytes: number = MAX_INFLATED_BYTES,
): QuarantineEntry {
  const kinesis = placeOf(record);
  const data = dataOf(record);
  const kept = redactedRecord(data, maxInflatedBytes, redaction);
  const arrivalSeconds: unknown = record.kinesis?.approximateArrivalTimestamp;
  return {
    id: `record-${shortHash(JSON.stringify([record.eventSourceARN, kinesis]))}`,
    reason: toldReason(reason, redaction),
    origin: {
      owner: '',
      logGroup: '',
      logStream: '',
      eventId: '',
      kinesis,
      ...(Number.isFinite(arrivalSeconds) ? { arrival: Number(arrivalSeconds) * 1000 } : {}),
    },
    raw: Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength).toString('base64'),
    ...(kept === data ? {} : { redacted: true }),
    at,
  };
}

function placeOf(record: KinesisStreamRecord): { shardId: string; sequenceNumber: string } {
  const shardId = String(record.eventID ?? '').split(':', 1)[0] ?? '';
  return { shardId, sequenceNumber: String(record.kinesis?.sequenceNumber ?? '') };
}

/** The data as it came; a record without data is kept whole. */
function dataOf(record: KinesisStreamRecord): Buffer {
  const data: unknown = record.kinesis?.data;
  return typeof data === 'string' ? Buffer.from(data, 'base64') : Buffer.from(JSON.stringify(record));
}

/** Says what is wrong and never what the content is. */
function toldReason(reason: string, redaction: LineRedaction): string {
  const told = reason
    .slice(0, 2 * REASON_CHARS)
    .replace(PREVIEW, '')
    .replace(QUOTED, '…');
  return redaction.text(told.trimEnd()).slice(0, REASON_CHARS);
}
