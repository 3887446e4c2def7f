/** Keeps what was put as datapoints of a minute each, bounded in series and in time. */
import type { MetricInput, Statistics } from './put-metric-data.ts';

export interface Datapoint extends Statistics {
  /** Start of the minute, epoch milliseconds. */
  readonly at: number;
  /** Each value with how often it occurred, as far as values were sent. */
  readonly values: readonly (readonly [value: number, count: number])[];
}

export interface MetricSeries {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  /** Oldest first. */
  readonly datapoints: readonly Datapoint[];
}

export interface StoreBounds {
  /** 2,000 when left out. */
  readonly maxSeries?: number;
  /** A day when left out. */
  readonly maxMinutes?: number;
}

const MINUTE_MS = 60_000;
/** Different values kept a minute; what comes later is in the statistics only. */
const MAX_VALUES = 10_000;

type Minute = Statistics & { readonly values: Map<number, number> };
type Series = Omit<MetricSeries, 'datapoints'> & { readonly minutes: Map<number, Minute> };

export class MetricStore {
  readonly #series = new Map<string, Series>();
  readonly #maxSeries: number;
  readonly #maxMinutes: number;

  constructor(bounds: StoreBounds = {}) {
    this.#maxSeries = bounds.maxSeries ?? 2_000;
    this.#maxMinutes = bounds.maxMinutes ?? 1_440;
  }

  /** Adds to the datapoint of the input's minute; a series beyond the bound takes the place of the longest unused one. */
  add(input: MetricInput): void {
    const { namespace, name, dimensions, unit } = input;
    const key = seriesKey(namespace, name, dimensions);
    const series = this.#series.get(key) ?? { namespace, name, dimensions, unit, minutes: new Map() };
    // Set anew, so that the order of the map is the order of use.
    this.#series.delete(key);
    this.#series.set(key, series);
    dropFirst(this.#series, this.#maxSeries, this.#series.keys());

    const minute = Math.floor(input.at / MINUTE_MS) * MINUTE_MS;
    series.minutes.set(minute, merge(series.minutes.get(minute), input));
    dropFirst(series.minutes, this.#maxMinutes, [...series.minutes.keys()].sort(ascending));
  }

  /** Series of that name, with the minutes that began at `since` (epoch ms) or later; with dimensions only the one that has exactly these. */
  series(name: string, dimensions?: Readonly<Record<string, string>>, since = 0): readonly MetricSeries[] {
    return [...this.#series.values()]
      .filter((series) => series.name === name)
      .filter((series) => dimensions === undefined || sameDimensions(series.dimensions, dimensions))
      .map(({ minutes, ...identity }) => ({
        ...identity,
        datapoints: [...minutes]
          .filter(([at]) => at >= since)
          .sort(([a], [b]) => ascending(a, b))
          .map(([at, { values, ...statistics }]) => ({ at, ...statistics, values: [...values] })),
      }));
  }

  /** Every metric that was put, once a name and namespace. */
  names(): readonly { readonly namespace: string; readonly name: string }[] {
    const seen = new Map(
      [...this.#series.values()].map(({ namespace, name }) => [`${namespace}\n${name}`, { namespace, name }]),
    );
    return [...seen.values()];
  }
}

function merge(minute: Minute | undefined, { statistics, values }: MetricInput): Minute {
  const counts = minute?.values ?? new Map<number, number>();
  for (const [value, count] of values) {
    const known = counts.get(value);
    if (known !== undefined || counts.size < MAX_VALUES) counts.set(value, (known ?? 0) + count);
  }
  return {
    sum: (minute?.sum ?? 0) + statistics.sum,
    count: (minute?.count ?? 0) + statistics.count,
    min: Math.min(minute?.min ?? statistics.min, statistics.min),
    max: Math.max(minute?.max ?? statistics.max, statistics.max),
    values: counts,
  };
}

function seriesKey(namespace: string, name: string, dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function sameDimensions(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return seriesKey('', '', a) === seriesKey('', '', b);
}

function dropFirst<K>(map: Map<K, unknown>, bound: number, keys: Iterable<K>): void {
  if (map.size <= bound) return;
  for (const key of keys) {
    if (map.size <= bound) return;
    map.delete(key);
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
