/** Decides the index of a document from its own time, so that a late repetition meets the first copy. */
import type { Channel } from '@trailgate/sdk/wire';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What one index holds documents of, in UTC. */
export type IndexPeriod = 'day' | 'month';

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
  if (isLate(time, logged, cut)) return `${channel}-late-${month(logged)}`;
  return `${channel}-${cut.indexPeriod === 'month' ? month(time) : dotted(time)}`;
}

/** Whether the record's clock and that of CloudWatch Logs lie too far apart; epoch milliseconds. */
export function isLate(time: number, logged: number, { lateDays, earlyHours }: Lateness): boolean {
  return time < logged - lateDays * DAY_MS || time > logged + earlyHours * HOUR_MS;
}

function month(time: number): string {
  return dotted(time).slice(0, 'YYYY.MM'.length);
}

/** The last day that was written, since most events of a batch are of one. */
const last = { day: Number.NaN, text: '' };

function dotted(time: number): string {
  const day = Math.floor(time / DAY_MS);
  if (day !== last.day) {
    last.text = new Date(time).toISOString().slice(0, 10).replaceAll('-', '.');
    last.day = day;
  }
  return last.text;
}
