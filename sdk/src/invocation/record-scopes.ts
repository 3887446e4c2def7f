/** Gives each record of a batch a context of its own: its sender's ids, its own decision to keep, its own detail. */
import { type Correlation, correlate, type RandomSource } from '../correlation/correlation.ts';
import { type EventRecord, readRecords } from '../event/records.ts';
import type { Instance } from '../instance.ts';
import { type Invocation, keptAs } from './invocation.ts';

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
  /** `aws:sqs`, `aws:kinesis` and so on. */
  readonly source: string;
  /** The id that its source gave it: a message id, a sequence number; empty where it has none. */
  readonly id: string;
  readonly correlation: CorrelationIds;
  /**
   * Runs work with this record as the current one, also beside the work of others. Where it throws or rejects, the
   * detail that the record logged is written; the error goes on to the caller.
   */
  run<T>(work: () => T): T;
}

export function idsOf({ correlationId, traceId, spanId }: Correlation, keep: boolean): CorrelationIds {
  return { correlationId, traceId, spanId, keep };
}

/** One scope for each record, in their order and one at a time; none for an event that is no batch. */
export function* recordScopes(
  event: unknown,
  instance: Instance,
  randomBytes: RandomSource,
): Generator<RecordScope<unknown>, void, undefined> {
  const invocation = instance.current();
  if (invocation === undefined) return yield* looseScopes(event, randomBytes);
  for (const read of readRecords(event)) {
    yield scopeOf(read, instance.recordScope(read, invocation), instance);
  }
}

/** Outside an invocation there is nothing to log about, and the handler works all the same. */
function* looseScopes(
  event: unknown,
  randomBytes: RandomSource,
): Generator<RecordScope<unknown>, void, undefined> {
  for (const { record, source, id, headers } of readRecords(event)) {
    const correlation = correlate(headers, randomBytes);
    const ids = idsOf(correlation, correlation.keptUpstream);
    yield { record, source, id, correlation: ids, run: (work) => work() };
  }
}

function scopeOf(
  { record, source, id }: EventRecord,
  scope: Invocation,
  instance: Instance,
): RecordScope<unknown> {
  return {
    record,
    source,
    id,
    correlation: idsOf(scope.correlation, keptAs(scope) !== undefined),
    run: (work) =>
      watchingFailure(
        () => instance.run(scope, work),
        () => instance.releaseDetail(scope),
      ),
  };
}

/** Runs work and says when it has failed, at once or later. */
function watchingFailure<T>(work: () => T, onFailure: () => void): T {
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
