/** Reads what Lambda leaves at an S3 on-failure destination: why a batch was given up, and the event that it was. */
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { shortHash } from '../documents/document-id.ts';

/**
 * Where Lambda puts the objects, at the top of the bucket: `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/<time>-<uuid>`
 * (Lambda developer guide, on-failure destinations of Kinesis).
 */
export const FAILURE_PREFIX = 'aws/lambda/';

export interface FailedBatch {
  /** Same records of the same function: same id, however often they were given up. */
  readonly id: string;
  /** `RetryAttemptsExhausted` or `RecordAgeExceeded`. */
  readonly condition: string;
  readonly invocations: number;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  /** When it was given up, epoch milliseconds. */
  readonly at: number;
  readonly event: KinesisStreamEvent;
}

/** An object at the on-failure destination is not what Lambda leaves there. */
export class FailureObjectError extends Error {
  readonly code = 'FAILURE_OBJECT';
  override readonly name = 'FailureObjectError';

  constructor(field: string, expected: string, got: unknown) {
    // The value itself may be a log line with secrets in it.
    const came = got === null ? 'null' : Array.isArray(got) ? 'array' : typeof got;
    super(`failure object: ${field}: expected ${expected}, got ${came}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Takes the JSON that Lambda writes. `payload` is the event as JSON text; the event itself or base64 of its text are
 * taken too.
 * @throws FailureObjectError
 */
export function readFailureObject(bytes: Uint8Array): FailedBatch {
  const object = fields('object', parsed(textOf(bytes)));
  const request = fields('requestContext', object.requestContext);
  const info = fields('KinesisBatchInfo', object.KinesisBatchInfo);
  const timestamp = text('timestamp', object.timestamp);
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) throw new FailureObjectError('timestamp', 'a date', timestamp);
  const batch = {
    functionArn: text('requestContext.functionArn', request.functionArn),
    streamArn: text('KinesisBatchInfo.streamArn', info.streamArn),
    shardId: text('KinesisBatchInfo.shardId', info.shardId),
    startSequenceNumber: text('KinesisBatchInfo.startSequenceNumber', info.startSequenceNumber),
    endSequenceNumber: text('KinesisBatchInfo.endSequenceNumber', info.endSequenceNumber),
  };
  const invocations = request.approximateInvokeCount;
  return {
    id: `batch-${shortHash(JSON.stringify(Object.values(batch)))}`,
    condition: text('requestContext.condition', request.condition),
    invocations: typeof invocations === 'number' ? invocations : 0,
    ...batch,
    at,
    event: eventOf(object.payload),
  };
}

function eventOf(payload: unknown): KinesisStreamEvent {
  const value =
    typeof payload === 'string'
      ? (parsed(payload) ?? parsed(textOf(Buffer.from(payload, 'base64'))))
      : payload;
  const records = fields('payload', value).Records;
  if (!Array.isArray(records)) throw new FailureObjectError('payload.Records', 'an array', records);
  for (const [position, record] of records.entries()) {
    const kinesis = (record as { readonly kinesis?: Fields } | null)?.kinesis;
    const field = `payload.Records[${position}].kinesis`;
    text(`${field}.data`, kinesis?.data);
    text(`${field}.sequenceNumber`, kinesis?.sequenceNumber);
    if (typeof kinesis?.approximateArrivalTimestamp !== 'number') {
      throw new FailureObjectError(
        `${field}.approximateArrivalTimestamp`,
        'seconds',
        kinesis?.approximateArrivalTimestamp,
      );
    }
  }
  return { Records: records as KinesisStreamRecord[] };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // not JSON: said with the name of the field that should be
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function fields(name: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FailureObjectError(name, 'a JSON object', value);
  }
  return value as Fields;
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new FailureObjectError(name, 'a text', value);
  return value;
}
