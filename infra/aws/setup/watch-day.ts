/** Answers the schedule of the set-up's function: makes the index of the day the one that monitors of documents watch. */
import type { SetupStep } from '@trailgate/collectors/setup';

/** What the schedule sends; CloudFormation's events have a `RequestType`. */
export const WATCH_EVENT = { watch: 'newest index' } as const;

export interface WatchPorts {
  readonly watch: () => Promise<SetupStep>;
  /** A line of the function's log. */
  readonly log: (line: string) => void;
}

/** The index of the day could not be made the one that is watched; the next hour's call tries again. */
export class DayNotWatchedError extends Error {
  readonly code = 'DAY_NOT_WATCHED';
  override readonly name = 'DayNotWatchedError';
}

export function isWatchEvent(event: unknown): event is typeof WATCH_EVENT {
  return (Object(event) as { readonly watch?: unknown }).watch === WATCH_EVENT.watch;
}

/** @throws DayNotWatchedError, and what `watch` throws: Lambda counts it as an error. */
export async function watchDay({ watch, log }: WatchPorts): Promise<void> {
  const step = await watch();
  const { name, status, detail = '' } = step;
  if (status === 'failed')
    throw new DayNotWatchedError(`index ${name}: expected to be watched, got ${detail}`);
  if (status !== 'unchanged') log(JSON.stringify({ level: 'INFO', message: 'watched index', ...step }));
}
