/** How long a bucket of time is that Grafana's OpenSearch data source chooses by itself (`tsdb/interval.go`; the budget of buckets since 2.34.2). */
import { type Asking, type BucketAggregation, termsSize } from './grafana-queries.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Buckets over the whole range that the data source aims at. */
const RESOLUTION = 1_500;
/** OpenSearch's `search.max_buckets`, the share of it that is used, and the fewest buckets of time that are of use. */
const MAX_BUCKETS = 65_535;
const HEADROOM = 0.9;
const LEAST_BUCKETS = 20;

/** Lengths with the longest that becomes each of them, milliseconds. */
const ROUNDED: readonly (readonly [upTo: number, length: number])[] = [
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, SECOND_MS],
  [3_500, 2 * SECOND_MS],
  [7_500, 5 * SECOND_MS],
  [12_500, 10 * SECOND_MS],
  [17_500, 15 * SECOND_MS],
  [25_000, 20 * SECOND_MS],
  [45_000, 30 * SECOND_MS],
  [90_000, MINUTE_MS],
  [210_000, 2 * MINUTE_MS],
  [450_000, 5 * MINUTE_MS],
  [750_000, 10 * MINUTE_MS],
  [1_050_000, 15 * MINUTE_MS],
  [1_500_000, 20 * MINUTE_MS],
  [2_700_000, 30 * MINUTE_MS],
  [5_400_000, HOUR_MS],
  [9_000_000, 2 * HOUR_MS],
  [16_200_000, 3 * HOUR_MS],
  [32_400_000, 6 * HOUR_MS],
  [DAY_MS, 12 * HOUR_MS],
  [7 * DAY_MS, DAY_MS],
];

/** Milliseconds. Throws where terms would leave too few buckets of time. */
export function searchInterval(
  bucketAggs: readonly BucketAggregation[],
  { range, minIntervalMs }: Asking,
): number {
  const span = range.to - range.from;
  const least = Math.max(minIntervalMs, budgeted(bucketAggs, span));
  const wanted = span / RESOLUTION;
  return wanted < least ? least : Math.max(least, rounded(wanted));
}

/** Shortest length with which terms in time do not make more buckets than OpenSearch gives. */
function budgeted(bucketAggs: readonly BucketAggregation[], span: number): number {
  const terms = bucketAggs.filter(({ type }) => type === 'terms');
  const automatic = bucketAggs.some(
    ({ type, settings }) => type === 'date_histogram' && (settings?.interval ?? 'auto') === 'auto',
  );
  const product = terms.reduce((total, { settings = {} }) => total * termsSize(settings), 1);
  if (!automatic || product <= 1) return 0;
  const most = Math.floor((MAX_BUCKETS * HEADROOM) / product);
  if (most < LEAST_BUCKETS) {
    throw new Error(
      `bucket budget out of bounds: terms would produce up to ${product} buckets per time bucket`,
    );
  }
  return lengths().find((length) => length >= span / most) ?? 365 * DAY_MS;
}

function lengths(): readonly number[] {
  return ROUNDED.map(([, length]) => length);
}

function rounded(interval: number): number {
  return ROUNDED.find(([upTo]) => interval <= upTo)?.[1] ?? 7 * DAY_MS;
}

/** As OpenSearch takes it: `200ms`, `10s`, `2m`. */
export function intervalText(ms: number): string {
  const units = [
    [DAY_MS, 'd'],
    [HOUR_MS, 'h'],
    [MINUTE_MS, 'm'],
    [SECOND_MS, 's'],
  ] as const;
  const [length, unit] = units.find(([length]) => ms >= length) ?? [1, 'ms'];
  return `${Math.max(1, Math.floor(ms / length))}${unit}`;
}
