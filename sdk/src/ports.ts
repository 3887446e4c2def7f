/** The outside world as the SDK sees it: clocks, randomness, standard output and the end of the process. */
import { randomBytes } from 'node:crypto';
import type { RandomSource } from './correlation/correlation.ts';
import { writeStandardOutput } from './writer/standard-output.ts';

export interface Ports {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds that never run backwards, with fractions. */
  readonly monotonic: () => number;
  /** Random bytes, or their hex digits where that is what there is. */
  readonly randomBytes: RandomSource;
  /** Takes whole lines; returns when they are out of this process. */
  readonly write: (text: string) => void;
  /** Calls back once after `ms`, and never keeps the process alive; gives what cancels it. */
  readonly timer: (ms: number, callBack: () => void) => () => void;
  /** Resident memory of the process, bytes. */
  readonly memory: () => number;
  /** Calls back once when the platform asks the process to end. */
  readonly onTermination: (flush: () => void) => void;
}

const POOL_BYTES = 4096;

export function systemPorts(): Ports {
  return {
    clock: Date.now,
    monotonic: () => performance.now(),
    randomBytes: pooledDigits(),
    write: writeStandardOutput,
    timer(ms, callBack) {
      const timer = setTimeout(callBack, ms).unref();
      return () => clearTimeout(timer);
    },
    memory: () => process.memoryUsage.rss(),
    onTermination,
  };
}

/** Draws 4 KiB at a time, as digits: a call to the generator costs more than the bytes, and ids are all they are for. */
function pooledDigits(): (count: number) => string {
  let pool = '';
  let used = 0;
  return (count) => {
    if (used + count * 2 > pool.length) {
      pool = randomBytes(Math.max(POOL_BYTES, count)).toString('hex');
      used = 0;
    }
    used += count * 2;
    return pool.slice(used - count * 2, used);
  };
}

/**
 * Only flushes where the runtime has a handler of its own. Where there is none, listening has taken away the
 * default action, so the signal is raised again. Prepended, because listeners before it that were registered
 * with `once` are no longer counted when it runs.
 */
function onTermination(flush: () => void): void {
  process.prependOnceListener('SIGTERM', () => {
    flush();
    if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
  });
}
