/** How long a bucket of time is that OpenSearch Dashboards 3 chooses by itself (`calc_auto_interval.ts`, `calc_opensearch_interval.ts`). */
import type { TimeRange } from './attacked-index.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MONTH_MS = 30.436875 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

/** Setting `histogram:barTarget`: buckets that are aimed at. */
const BAR_TARGET = 50;

/** Lengths, the longest first, with the least that becomes each of them, milliseconds. */
const LENGTHS: readonly (readonly [from: number, length: number])[] = [
  [YEAR_MS, YEAR_MS],
  [3 * 7 * DAY_MS, MONTH_MS],
  [7 * DAY_MS, 7 * DAY_MS],
  [DAY_MS, DAY_MS],
  [6 * HOUR_MS, 12 * HOUR_MS],
  [2 * HOUR_MS, 3 * HOUR_MS],
  [45 * MINUTE_MS, HOUR_MS],
  [20 * MINUTE_MS, 30 * MINUTE_MS],
  [9 * MINUTE_MS, 10 * MINUTE_MS],
  [3 * MINUTE_MS, 5 * MINUTE_MS],
  [45 * SECOND_MS, MINUTE_MS],
  [15 * SECOND_MS, 30 * SECOND_MS],
  [7.5 * SECOND_MS, 10 * SECOND_MS],
  [5 * SECOND_MS, 5 * SECOND_MS],
  [500, SECOND_MS],
];

const UNITS = [
  [7 * DAY_MS, 'w'],
  [DAY_MS, 'd'],
  [HOUR_MS, 'h'],
  [MINUTE_MS, 'm'],
  [SECOND_MS, 's'],
] as const;

/** The parameter of the aggregation, and as long as it is where months are of one length. */
export function autoInterval({ from, to }: TimeRange): {
  readonly parameter: Readonly<Record<string, string>>;
  readonly ms: number;
} {
  const wanted = (to - from) / BAR_TARGET;
  const ms = LENGTHS.find(([least]) => wanted >= least)?.[1] ?? Math.max(1, Math.floor(wanted));
  if (ms === YEAR_MS) return { parameter: { calendar_interval: '1y' }, ms };
  if (ms === MONTH_MS) return { parameter: { calendar_interval: '1M' }, ms };
  const [unitMs, unit] = UNITS.find(([length]) => ms % length === 0) ?? [1, 'ms'];
  const count = ms / unitMs;
  const isCalendar = count === 1 && unitMs >= MINUTE_MS;
  return { parameter: { [isCalendar ? 'calendar_interval' : 'fixed_interval']: `${count}${unit}` }, ms };
}
