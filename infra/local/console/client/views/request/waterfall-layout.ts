/** Where each entry of a request stands in its waterfall: a lane per service, bars for what took time, marks for lines. */
import type { RequestAnswer, RequestEntry } from '../../../answers.ts';

export interface PlacedEntry {
  readonly entry: RequestEntry;
  readonly is: 'bar' | 'mark';
  /** Share of the whole time, 0 to 1. */
  readonly left: number;
  /** Share of the whole time; 0 for a mark. */
  readonly width: number;
  /** Row within the lane, from 0: what overlaps stands in another row. */
  readonly row: number;
}

export interface Lane {
  readonly service: string;
  readonly rows: number;
  readonly entries: readonly PlacedEntry[];
}

export interface Waterfall {
  /** Epoch ms. */
  readonly from: number;
  readonly spanMs: number;
  readonly lanes: readonly Lane[];
  /** Entries without a time, which stand nowhere. */
  readonly timeless: number;
}

/** Shares of the whole time that a mark keeps clear of the next thing, so that both are seen. */
const MARK_SHARE = 0.012;
/** A lane with more rows would be a wall: what does not fit shares the last one. */
const MAX_ROWS = 12;

/** Undefined when no entry has a time. */
export function layOutWaterfall(answer: Pick<RequestAnswer, 'entries'>): Waterfall | undefined {
  const timed = answer.entries.flatMap((entry) => {
    const end = entry.at ?? entry.from;
    return end === null ? [] : [{ entry, start: Math.min(entry.from ?? end, end), end: endOf(entry, end) }];
  });
  if (timed.length === 0) return undefined;
  const from = Math.min(...timed.map(({ start }) => start));
  const spanMs = Math.max(1, Math.max(...timed.map(({ end }) => end)) - from);
  const services = [...new Set(timed.map(({ entry }) => entry.service))];
  const lanes = services.map((service) => {
    const placed = timed
      .filter(({ entry }) => entry.service === service)
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .map(({ entry, start, end }) => ({
        entry,
        is: end > start ? ('bar' as const) : ('mark' as const),
        left: (start - from) / spanMs,
        width: (end - start) / spanMs,
      }));
    return laneOf(service, placed);
  });
  return { from, spanMs, lanes, timeless: answer.entries.length - timed.length };
}

/** What took time began at `from` and is over `durationMs` later, whenever its line was written. */
function endOf({ from, durationMs }: RequestEntry, at: number): number {
  return from !== null && durationMs !== null && durationMs > 0 ? from + durationMs : at;
}

function laneOf(service: string, placed: readonly Omit<PlacedEntry, 'row'>[]): Lane {
  const free: number[] = [];
  const entries = placed.map((one) => {
    const fitting = free.findIndex((end) => end <= one.left);
    const row = fitting === -1 ? Math.min(free.length, MAX_ROWS - 1) : fitting;
    free[row] = Math.max(one.left + Math.max(one.width, MARK_SHARE), free[row] ?? 0);
    return { ...one, row };
  });
  return { service, rows: free.length, entries };
}
