/** Names the index that holds a channel's documents of one day or month: collectors and detectors write to the same ones. */
import type { Channel } from './record.ts';

/** What one index holds documents of, in UTC. */
export type IndexPeriod = 'day' | 'month';

const DAY_MS = 86_400_000;

/** `<channel>-YYYY.MM.DD` or `<channel>-YYYY.MM`; `time` is epoch milliseconds. */
export function channelIndex(channel: Channel, time: number, period: IndexPeriod): string {
  return `${channel}-${periodName(time, period)}`;
}

/** `YYYY.MM.DD` or `YYYY.MM` in UTC. */
export function periodName(time: number, period: IndexPeriod): string {
  const day = dotted(time);
  return period === 'month' ? day.slice(0, 'YYYY.MM'.length) : day;
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
