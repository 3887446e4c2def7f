/** Takes one batch through invocations, splits and retries until each of its records is finished or given up. */
import type { BatchOutcome } from './batch-outcome.ts';
import type { GivenUp } from './failure-record.ts';
import { type Attempt, expiredCount, nextStep, type RetryPolicy } from './next-step.ts';
import type { StreamRecord } from './stream-record.ts';

export interface BatchPorts {
  /** Never rejects: what the function threw is a failure. */
  readonly invoke: (records: readonly StreamRecord[]) => Promise<BatchOutcome>;
  /** Resolves when the records are safe at their destination. */
  readonly giveUp: (given: GivenUp) => Promise<void>;
  /** The record and all before it will not be invoked again. */
  readonly checkpoint: (sequenceNumber: string) => void;
  readonly clock: () => number;
  /** Waits before the next invocation, longer with each retry. */
  readonly backOff: (retries: number) => Promise<void>;
  /** Once aborted nothing more is invoked, checkpointed or given up. */
  readonly signal: AbortSignal;
}

interface Pending extends Attempt<StreamRecord> {
  readonly invocations: number;
  readonly functionError: boolean;
}

export async function processBatch(
  records: readonly StreamRecord[],
  policy: RetryPolicy,
  ports: BatchPorts,
): Promise<void> {
  let pending: readonly Pending[] = [{ records, retries: 0, invocations: 0, functionError: false }];
  for (;;) {
    const [head, ...behind] = pending;
    if (head === undefined || ports.signal.aborted) return;

    const expired = expiredCount(head.records, ports.clock(), policy);
    if (expired > 0) {
      const { invocations, functionError } = head;
      const old = head.records.slice(0, expired);
      await discard({ records: old, condition: 'RecordAgeExceeded', invocations, functionError }, ports);
      const live = head.records.slice(expired);
      pending = live.length === 0 ? behind : [{ ...head, records: live }, ...behind];
      continue;
    }

    const outcome = await ports.invoke(head.records);
    if (ports.signal.aborted) return;
    const step = nextStep(head, outcome, policy);
    checkpointLast(step.finished, ports);
    const tried = { invocations: head.invocations + 1, functionError: outcome.is === 'failure' };
    if (step.discarded.length > 0) {
      await discard({ ...tried, records: step.discarded, condition: 'RetryAttemptsExhausted' }, ports);
    }
    if (step.remaining.length > 0) await ports.backOff(head.retries);
    pending = [...step.remaining.map((attempt) => ({ ...attempt, ...tried })), ...behind];
  }
}

async function discard(given: GivenUp, ports: BatchPorts): Promise<void> {
  await ports.giveUp(given);
  if (!ports.signal.aborted) checkpointLast(given.records, ports);
}

function checkpointLast(records: readonly StreamRecord[], ports: BatchPorts): void {
  const last = records.at(-1);
  if (last !== undefined) ports.checkpoint(last.sequenceNumber);
}
