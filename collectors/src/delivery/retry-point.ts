/** Decides from which sequence number a batch is delivered again: never past what is not durable. */
import { comparePositions } from '@trailgate/sdk/wire';
import type { KinesisStreamRecord } from 'aws-lambda';

/** A batch must be delivered again but names no sequence number; thrown, so that Lambda repeats all of it. */
export class RetryPointError extends Error {
  readonly code = 'RETRY_POINT';
  override readonly name = 'RetryPointError';
}

/**
 * The lowest sequence number among the records that failed, or undefined when none did. A failed record without
 * one makes it the lowest of the batch, since an empty identifier is no answer.
 * @throws RetryPointError when something failed and no record has a sequence number.
 */
export function retryPoint(
  records: readonly KinesisStreamRecord[],
  failed: ReadonlySet<number>,
): string | undefined {
  if (failed.size === 0) return undefined;
  const failedNumbers = [...failed].map((position) => sequenceNumber(records[position]));
  const candidates = failedNumbers.includes('') ? records.map(sequenceNumber) : failedNumbers;
  const lowest = candidates.filter((number) => number !== '').sort(comparePositions)[0];
  if (lowest === undefined) {
    throw new RetryPointError('sequenceNumber: expected in at least one record of a failed batch, got none');
  }
  return lowest;
}

function sequenceNumber(record: KinesisStreamRecord | undefined): string {
  const value: unknown = record?.kinesis?.sequenceNumber;
  return typeof value === 'string' ? value : '';
}
