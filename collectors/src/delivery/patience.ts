/** Decides how long a retry waits and when it is given up: exponential with full jitter, within the time left. */

export interface Patience {
  /** Epoch milliseconds after which nothing is tried again. */
  readonly deadline: number;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

const FIRST_MS = 50;
const LONGEST_MS = 5_000;
/** Bounds the work when a clock does not move. */
const MAX_RETRIES = 30;

/** Milliseconds before retry number `attempt`, from 0: full jitter (Brooker 2015) over at least a tenth of the step. */
export function backOffMs(attempt: number, random: () => number): number {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.ceil(step * (0.1 + 0.9 * random()));
}

/** Waits before retry number `attempt`; false, at once, when it would come after the deadline. */
export async function waitToRetry(attempt: number, patience: Patience): Promise<boolean> {
  const wait = backOffMs(attempt, patience.random);
  if (attempt >= MAX_RETRIES || patience.clock() + wait > patience.deadline) return false;
  await patience.sleep(wait);
  return true;
}

/** Calls until it resolves; the last rejection when time is up. */
export async function persist<Value>(call: () => Promise<Value>, patience: Patience): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(await waitToRetry(attempt, patience))) throw error;
    }
  }
}
