/** Spreads ticks over the minute that a schedule calls for, since a schedule itself knows no shorter time. */
import type { RemainingTime } from '@trailgate/collectors';

/** What EventBridge says of a call; its `time` is the minute that it is for. */
export interface ScheduledCall {
  readonly time?: string;
}

export interface TickPorts {
  readonly tick: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Told of a tick that failed; the next one says the same and more. */
  readonly onFailure: (error: unknown) => void;
}

const MINUTE_MS = 60_000;
/** Kept of the invocation's time for a tick itself, milliseconds. */
const RESERVE_MS = 2_000;

/**
 * A handler that ticks at once and then at each further part of the minute, and is done before the next minute begins: ticks whose time
 * has passed are left out. Throws the last error when no tick of the minute succeeded.
 */
export function minuteTicker(
  ticksPerMinute: number,
  { tick, clock, sleep, onFailure }: TickPorts,
): (call: ScheduledCall, context: RemainingTime) => Promise<void> {
  const apart = MINUTE_MS / ticksPerMinute;
  return async ({ time }, context) => {
    const begun = clock();
    const minute = Math.floor((time === undefined ? begun : Date.parse(time)) / MINUTE_MS) * MINUTE_MS;
    const end = Math.min(minute + MINUTE_MS, begun + context.getRemainingTimeInMillis() - RESERVE_MS);
    let succeeded = false;
    let lastError: unknown;
    for (let next = begun; ; ) {
      try {
        await tick();
        succeeded = true;
      } catch (error) {
        lastError = error;
        onFailure(error);
      }
      next = following(minute, apart, Math.max(next, clock()));
      if (!(next < end)) break;
      await sleep(next - clock());
    }
    if (!succeeded) throw lastError;
  };
}

/** The first time of a tick after `time`. */
function following(minute: number, apart: number, time: number): number {
  return minute + (Math.floor((time - minute) / apart) + 1) * apart;
}
