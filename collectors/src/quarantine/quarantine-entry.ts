/** Makes the entries that keep what could not be read or indexed: reason, origin and the bytes themselves. */
import type { KinesisStreamRecord } from 'aws-lambda';
import { documentId, shortHash } from '../documents/document-id.ts';
import type { LogLine } from '../log-line.ts';
import type { QuarantineEntry } from '../ports.ts';

/** Longest reason kept; an index's own message can be long. */
const REASON_CHARS = 500;

/** Entry of one line; its neighbours go on. */
export function quarantineLine(
  line: LogLine,
  reason: string,
  record: KinesisStreamRecord,
  at: number,
): QuarantineEntry {
  const { owner, logGroup, logStream, eventId } = line;
  return {
    id: documentId(line.streamHash, eventId),
    reason: reason.slice(0, REASON_CHARS),
    origin: { owner, logGroup, logStream, eventId, kinesis: placeOf(record) },
    raw: Buffer.from(line.message).toString('base64'),
    at,
  };
}

/** Entry of a whole Kinesis record. */
export function quarantineRecord(record: KinesisStreamRecord, reason: string, at: number): QuarantineEntry {
  const kinesis = placeOf(record);
  return {
    id: `record-${shortHash(JSON.stringify([record.eventSourceARN, kinesis]))}`,
    reason: reason.slice(0, REASON_CHARS),
    origin: { owner: '', logGroup: '', logStream: '', eventId: '', kinesis },
    raw: rawOf(record),
    at,
  };
}

function placeOf(record: KinesisStreamRecord): { shardId: string; sequenceNumber: string } {
  const shardId = String(record.eventID ?? '').split(':', 1)[0] ?? '';
  return { shardId, sequenceNumber: String(record.kinesis?.sequenceNumber ?? '') };
}

/** The data as it came; a record without data is kept whole. */
function rawOf(record: KinesisStreamRecord): string {
  const data: unknown = record.kinesis?.data;
  return typeof data === 'string' ? data : Buffer.from(JSON.stringify(record)).toString('base64');
}
