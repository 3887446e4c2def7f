/** Decides the index of a document from its own time, so that a late repetition meets the first copy. */
import type { Channel } from '@trailgate/sdk/wire';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface Lateness {
  readonly lateDays: number;
  readonly earlyHours: number;
}

/**
 * `<channel>-YYYY.MM.DD` of the event's UTC day, or `<channel>-late` when the event's clock and the arrival lie too
 * far apart: otherwise one bad clock would make an index for every day that it names. Both are epoch
 * milliseconds; the arrival stays the same when Kinesis delivers again.
 */
export function indexName(channel: Channel, time: number, arrival: number, lateness: Lateness): string {
  if (time < arrival - lateness.lateDays * DAY_MS || time > arrival + lateness.earlyHours * HOUR_MS) {
    return `${channel}-late`;
  }
  return `${channel}-${new Date(time).toISOString().slice(0, 10).replaceAll('-', '.')}`;
}
