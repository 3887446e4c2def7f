/** Decides what an event source mapping does after an invocation: checkpoint, split, retry or give up. */
import type { BatchOutcome } from './batch-outcome.ts';

export interface RetryPolicy {
  readonly bisectBatchOnFunctionError: boolean;
  /** Retries of one batch before it is discarded; -1 is without end. */
  readonly maximumRetryAttempts: number;
  /** Seconds since arrival after which a record is discarded; -1 is never. */
  readonly maximumRecordAgeInSeconds: number;
}

/** Records to be invoked together. */
export interface Attempt<R> {
  readonly records: readonly R[];
  /** Retries used up by these records so far; splits use none. */
  readonly retries: number;
}

export interface NextStep<R> {
  /** The checkpoint moves behind these. */
  readonly finished: readonly R[];
  /** These go to the on-failure destination; then the checkpoint moves behind them too. */
  readonly discarded: readonly R[];
  /** What is to be invoked next, in the order of the shard; back off before it when not empty. */
  readonly remaining: readonly Attempt<R>[];
}

export function nextStep<R>(attempt: Attempt<R>, outcome: BatchOutcome, policy: RetryPolicy): NextStep<R> {
  const { records, retries } = attempt;
  switch (outcome.is) {
    case 'success':
      return { finished: records, discarded: [], remaining: [] };
    case 'failure':
      return policy.bisectBatchOnFunctionError && records.length > 1
        ? { finished: [], discarded: [], remaining: halves(attempt) }
        : { finished: [], ...retry(records, retries, policy) };
    case 'partial': {
      const finished = records.slice(0, outcome.from);
      const rest = records.slice(outcome.from);
      // The split is at the number that the function returned, and splits are free.
      return policy.bisectBatchOnFunctionError && finished.length > 0
        ? { finished, discarded: [], remaining: [{ records: rest, retries }] }
        : { finished, ...retry(rest, retries, policy) };
    }
  }
}

/** How many records at the front have become too old to be invoked. Arrival only rises within a shard. */
export function expiredCount(
  records: readonly { readonly arrivedAt: number }[],
  now: number,
  policy: RetryPolicy,
): number {
  if (policy.maximumRecordAgeInSeconds < 0) return 0;
  const oldest = now - policy.maximumRecordAgeInSeconds * 1_000;
  const firstLive = records.findIndex((record) => record.arrivedAt >= oldest);
  return firstLive === -1 ? records.length : firstLive;
}

function halves<R>({ records, retries }: Attempt<R>): readonly Attempt<R>[] {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(0, middle), retries },
    { records: records.slice(middle), retries },
  ];
}

function retry<R>(
  records: readonly R[],
  retries: number,
  { maximumRetryAttempts }: RetryPolicy,
): Pick<NextStep<R>, 'discarded' | 'remaining'> {
  const exhausted = maximumRetryAttempts >= 0 && retries >= maximumRetryAttempts;
  return exhausted
    ? { discarded: records, remaining: [] }
    : { discarded: [], remaining: [{ records, retries: retries + 1 }] };
}
