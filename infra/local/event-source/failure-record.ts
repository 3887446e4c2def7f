/** What Lambda leaves at an S3 on-failure destination when it gives records up: who, why, and the whole event. */
import { type EventOrigin, functionArn, type StreamRecord, toKinesisEvent } from './stream-record.ts';

export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface FailureRecord {
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: FailureCondition;
    readonly approximateInvokeCount: number;
  };
  /** Left out when the records were never invoked. */
  readonly responseContext?: {
    readonly statusCode: 200;
    readonly executedVersion: '$LATEST';
    /** Left out when the function answered and named failed items. */
    readonly functionError?: 'Unhandled';
  };
  readonly version: '1.0';
  readonly timestamp: string;
  readonly KinesisBatchInfo: {
    readonly shardId: string;
    readonly startSequenceNumber: string;
    readonly endSequenceNumber: string;
    readonly approximateArrivalOfFirstRecord: string;
    readonly approximateArrivalOfLastRecord: string;
    readonly batchSize: number;
    readonly streamArn: string;
  };
  /** The invocation event as JSON text. */
  readonly payload: string;
}

/** The destination for given-up records: resolves when the object is kept. */
export type OnFailure = (failure: FailureRecord) => Promise<void>;

export interface GivenUp {
  /** At least one, in the order of the shard. */
  readonly records: readonly StreamRecord[];
  readonly condition: FailureCondition;
  /** Invocations that held the first of them. */
  readonly invocations: number;
  readonly functionError: boolean;
}

export function failureRecord(
  { records, condition, invocations, functionError }: GivenUp,
  origin: EventOrigin,
  requestId: string,
  now: number,
): FailureRecord {
  const first = records[0];
  const last = records.at(-1);
  return {
    requestContext: {
      requestId,
      functionArn: functionArn(origin),
      condition,
      approximateInvokeCount: invocations,
    },
    ...(invocations === 0
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            ...(functionError ? { functionError: 'Unhandled' } : {}),
          },
        }),
    version: '1.0',
    timestamp: iso(now),
    KinesisBatchInfo: {
      shardId: origin.shardId,
      startSequenceNumber: first?.sequenceNumber ?? '',
      endSequenceNumber: last?.sequenceNumber ?? '',
      approximateArrivalOfFirstRecord: iso(first?.arrivedAt ?? now),
      approximateArrivalOfLastRecord: iso(last?.arrivedAt ?? now),
      batchSize: records.length,
      streamArn: origin.streamArn,
    },
    payload: JSON.stringify(toKinesisEvent(records, origin)),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
