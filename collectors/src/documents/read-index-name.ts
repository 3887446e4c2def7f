/** Reads from the name of an index whose documents it holds and of what time: the other way round than `indexName`. */
import type { Channel } from '@trailgate/sdk/wire';

export interface NamedIndex {
  readonly channel: Channel;
  /** What it holds happened from here on, or was logged where it is an index of late ones; epoch milliseconds. */
  readonly from: number;
  /** And before here. */
  readonly until: number;
}

const NAME = /^(?<channel>business|trail)-(?:(?<month>(?:late-)?\d{4}\.\d{2})|(?<day>\d{4}\.\d{2}\.\d{2}))$/;
const DAY_MS = 86_400_000;

/** Undefined for every other name, whatever it begins with. */
export function readIndexName(name: string): NamedIndex | undefined {
  const { channel, month, day } = NAME.exec(name)?.groups ?? {};
  if (channel !== 'business' && channel !== 'trail') return undefined;
  const from = startOf(day ?? `${month?.replace('late-', '')}.01`);
  if (from === undefined) return undefined;
  return { channel, from, until: day === undefined ? nextMonth(from) : from + DAY_MS };
}

/** Undefined for a day that the calendar has not. */
function startOf(dotted: string): number | undefined {
  const day = dotted.replaceAll('.', '-');
  const start = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day) ? start : undefined;
}

function nextMonth(start: number): number {
  const date = new Date(start);
  return date.setUTCMonth(date.getUTCMonth() + 1);
}
