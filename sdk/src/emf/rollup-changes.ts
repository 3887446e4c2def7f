/** Tells what was counted between two rollups of one instance, whose numbers are cumulative. */
import { bucketLatency } from '../wire/latency-sketch.ts';
import type { Distribution, Rollup } from '../wire/record.ts';
import { bucketValue } from '../wire/value-sketch.ts';

/** Values with how often each occurred. */
export interface ValueCounts {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

export interface RouteChange {
  readonly requests: number;
  readonly errors: number;
  /** By status class: `2xx`. */
  readonly classes: Readonly<Record<string, number>>;
  readonly tenants: Readonly<Record<string, number>>;
  /** Milliseconds; absent where nothing was measured. */
  readonly latency?: ValueCounts;
}

export interface RollupChange {
  readonly routes: ReadonlyMap<string, RouteChange>;
  readonly counters: readonly { readonly name: string; readonly unit: string; readonly value: number }[];
  readonly distributions: readonly (ValueCounts & {
    readonly name: string;
    readonly unit: string;
    readonly sum: number;
  })[];
}

type Buckets = readonly (readonly [number, number])[];

interface Tally {
  requests: number;
  errors: number;
  readonly classes: Record<string, number>;
  readonly tenants: Record<string, number>;
}

/** Rows that an instance has are kept in the next rollup, so `before` tells all that was said. */
export function rollupChange(before: Rollup | undefined, now: Rollup): RollupChange {
  // An instance that began again counts from nothing.
  const base = before?.since === now.since ? before : undefined;
  return {
    routes: routeChanges(base, now),
    counters: counterChanges(base, now),
    distributions: distributionChanges(base, now),
  };
}

function routeChanges(before: Rollup | undefined, now: Rollup): Map<string, RouteChange> {
  const tallies = requestTallies(before, now);
  const known = new Map(before?.latency.map(({ route, buckets }) => [route, buckets]));
  const routes = new Map<string, RouteChange>(tallies);
  for (const { route, buckets } of now.latency) {
    const latency = bucketChange(known.get(route), buckets, bucketLatency);
    if (latency.values.length === 0) continue;
    routes.set(route, { ...(tallies.get(route) ?? newTally()), latency });
  }
  return routes;
}

function requestTallies(before: Rollup | undefined, now: Rollup): Map<string, Tally> {
  const known = new Map(before?.requests.map((row) => [requestKey(row), row.count]));
  const tallies = new Map<string, Tally>();
  for (const row of now.requests) {
    const count = row.count - (known.get(requestKey(row)) ?? 0);
    if (!(count > 0)) continue;
    const tally = tallies.get(row.route) ?? newTally();
    tallies.set(row.route, tally);
    const status = `${Math.trunc(row.status / 100)}xx`;
    tally.requests += count;
    if (row.status >= 500) tally.errors += count;
    tally.classes[status] = (tally.classes[status] ?? 0) + count;
    tally.tenants[row.tenant] = (tally.tenants[row.tenant] ?? 0) + count;
  }
  return tallies;
}

function newTally(): Tally {
  // Tenants name members, and one may be called like a member of all objects.
  return { requests: 0, errors: 0, classes: {}, tenants: Object.create(null) };
}

function counterChanges(before: Rollup | undefined, now: Rollup): RollupChange['counters'] {
  const known = new Map(before?.counters.map((row) => [metricKey(row), row.value]));
  return now.counters
    .map((row) => ({ ...row, value: row.value - (known.get(metricKey(row)) ?? 0) }))
    .filter(({ value }) => value > 0);
}

function distributionChanges(before: Rollup | undefined, now: Rollup): RollupChange['distributions'] {
  const known = new Map(before?.distributions?.map((row) => [metricKey(row), row]));
  const changes = (now.distributions ?? []).map((row) => {
    const last: Distribution | undefined = known.get(metricKey(row));
    const { values, counts } = bucketChange(last?.buckets, row.buckets, bucketValue);
    const zero = row.zero - (last?.zero ?? 0);
    return {
      name: row.name,
      unit: row.unit,
      values: zero > 0 ? [0, ...values] : values,
      counts: zero > 0 ? [zero, ...counts] : counts,
      sum: row.sum - (last?.sum ?? 0),
    };
  });
  return changes.filter(({ values }) => values.length > 0);
}

function bucketChange(
  before: Buckets | undefined,
  now: Buckets,
  read: (index: number) => number,
): ValueCounts {
  const known = new Map(before);
  const lowest = now[0]?.[0] ?? 0;
  // A sketch that is full puts its lowest buckets together.
  for (const [index, count] of before ?? []) {
    if (index < lowest) known.set(lowest, (known.get(lowest) ?? 0) + count);
  }
  const values: number[] = [];
  const counts: number[] = [];
  for (const [index, total] of now) {
    const count = total - (known.get(index) ?? 0);
    if (!(count > 0)) continue;
    values.push(short(read(index)));
    counts.push(count);
  }
  return { values, counts };
}

/** Six digits: a bucket is 2 % wide. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}

function requestKey({ route, status, tenant }: { route: string; status: number; tenant: string }): string {
  return `${status} ${tenant}\n${route}`;
}

function metricKey({ name, unit }: { name: string; unit: string }): string {
  return `${name}\n${unit}`;
}
