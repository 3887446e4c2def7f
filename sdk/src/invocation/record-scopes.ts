/** Gives each record of a batch a context of its own: its sender's ids, its own decision to keep, its own detail. */
import type { Correlation } from '../correlation/correlation.ts';

export interface CorrelationIds {
  readonly correlationId: string;
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** The request is logged in depth, here and in the services that it goes on to. */
  readonly keep: boolean;
}

export interface RecordScope<R> {
  /** As the event has it. */
  readonly record: R;
  /** The id that its source gave it: a message id, a sequence number. */
  readonly id: string;
  readonly correlation: CorrelationIds;
  /**
   * Runs work with this record as the current one. Where it throws or rejects, the detail that the record logged is
   * written; the error goes on to the caller.
   */
  run<T>(work: () => T): T;
}

export function idsOf({ correlationId, traceId, spanId }: Correlation, keep: boolean): CorrelationIds {
  return { correlationId, traceId, spanId, keep };
}

/** Runs work and says when it has failed, at once or later. */
export function watchingFailure<T>(work: () => T, onFailure: () => void): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    onFailure();
    throw error;
  }
  if (result instanceof Promise) result.then(undefined, onFailure);
  return result;
}
