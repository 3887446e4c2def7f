/** Waits for some time, or until the mapping is stopped. */
import type { EventSourceSettings } from './event-source-options.ts';
import { unlessAborted } from './unless-aborted.ts';

export async function pause(
  ms: number,
  { sleep }: Pick<EventSourceSettings, 'sleep'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await unlessAborted(sleep(ms, signal), signal);
  } catch (error) {
    // A sleep that is ended by the signal may reject.
    if (!signal.aborted) throw error;
  }
}
