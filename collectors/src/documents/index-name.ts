/** Decides the index of a document from its own time, so that a late repetition meets the first copy. */
import { type Channel, channelIndex, type IndexPeriod, periodName } from '@trailgate/sdk/wire';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface Lateness {
  readonly lateDays: number;
  readonly earlyHours: number;
}

/** How documents are cut into indices. */
export interface IndexCut extends Lateness {
  readonly indexPeriod: IndexPeriod;
}

/**
 * `<channel>-YYYY.MM.DD` or `<channel>-YYYY.MM` of the record's own UTC day or month, or `<channel>-late-YYYY.MM` of the month in
 * which it was logged when its clock and that of CloudWatch Logs lie too far apart: otherwise one bad clock would make an index
 * for every day that it names. `time` is of the record, `logged` the log event's timestamp, epoch milliseconds. Neither changes
 * when a record comes again, as its arrival may, and CloudWatch Logs takes no event that is logged more than 14 days late or
 * 2 hours early.
 */
export function indexName(channel: Channel, time: number, logged: number, cut: IndexCut): string {
  if (isLate(time, logged, cut)) return `${channel}-late-${periodName(logged, 'month')}`;
  return channelIndex(channel, time, cut.indexPeriod);
}

/** Whether the record's clock and that of CloudWatch Logs lie too far apart; epoch milliseconds. */
export function isLate(time: number, logged: number, { lateDays, earlyHours }: Lateness): boolean {
  return time < logged - lateDays * DAY_MS || time > logged + earlyHours * HOUR_MS;
}
