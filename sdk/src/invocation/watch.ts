/** Looks now and then whether an invocation is about to be killed, so that its detail is written before. */
import { field } from '../event/field.ts';
import type { LogCall } from '../logger/log-line.ts';

export interface WatchPorts {
  /** Calls back once after `ms`, and never keeps the process alive; gives what cancels it. */
  readonly timer: (ms: number, callBack: () => void) => () => void;
  /** Resident memory of the process, bytes. */
  readonly memory: () => number;
}

export interface Watched {
  /** Milliseconds that the platform leaves the invocation. */
  readonly remainingMs: () => number;
  /** Bytes that the platform gives the function. */
  readonly memoryBytes: number;
}

export type Danger = 'timeout' | 'memory';

const LOOK_EVERY_MS = 100;
/** Time to write what waits. */
const MARGIN_MS = 100;
/** Short timeouts leave a share of themselves instead. */
const MARGIN_SHARE = 0.1;
const FULL_SHARE = 0.92;

/**
 * Says `onDanger` at most once of each: memory may be short long before the time is. A handler that blocks the event
 * loop cannot be watched: nothing runs beside it. Gives what ends the watch.
 */
export function watch(
  { remainingMs, memoryBytes }: Watched,
  { timer, memory }: WatchPorts,
  onDanger: (danger: Danger) => void,
): () => void {
  const margin = Math.min(MARGIN_MS, remainingMs() * MARGIN_SHARE);
  let memoryTold = false;
  let cancel = next();

  function next(): () => void {
    return timer(Math.max(0, Math.min(LOOK_EVERY_MS, remainingMs() - margin)), look);
  }
  function look(): void {
    try {
      if (remainingMs() <= margin) {
        onDanger('timeout');
        return;
      }
      if (!memoryTold && memory() >= memoryBytes * FULL_SHARE) {
        memoryTold = true;
        onDanger('memory');
      }
      cancel = next();
    } catch {
      // Thrown out of a timer it would end the process; the invocation goes on unwatched.
    }
  }
  return () => cancel();
}

/** Reads how long the platform leaves the invocation; undefined where it does not say. */
export function readRemaining(lambda: unknown): (() => number) | undefined {
  const asked = field(lambda, 'getRemainingTimeInMillis');
  if (typeof asked !== 'function') return undefined;
  const remainingMs = (): number => {
    const left: unknown = asked.call(lambda);
    return typeof left === 'number' && left >= 0 ? left : 0;
  };
  return remainingMs() > 0 ? remainingMs : undefined;
}

/** What the log says of it. */
export function dangerCall(danger: Danger, leftMs: number): LogCall {
  const message =
    danger === 'timeout' ? `about to time out: ${leftMs} ms left` : 'about to run out of memory';
  return { level: 'WARN', message, fields: undefined, error: undefined };
}
