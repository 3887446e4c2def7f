/** Merges what one instance says of its service within a minute: each row as far as it has counted, rows that came apart together. */
import type { SeriesSignal } from '@trailgate/sdk/wire';
import { minuteOf } from './spans.ts';

/** Characters of JSON in a merged signal, less what the next line may add (64 KiB): at 3 bytes each it fits into a record of 1 MiB. */
const MAX_CHARS = 131_072;
/** Of a row beside its names, and of a bucket. */
const ROW_CHARS = 60;
const BUCKET_CHARS = 24;

/** Several where the minute changes or the rows are too many for one record; a row that is missing is unchanged. */
export function foldSeries(signals: readonly SeriesSignal[]): readonly SeriesSignal[] {
  const folded: SeriesSignal[] = [];
  let open: MergedSeries | undefined;
  for (const signal of signals) {
    if (open?.take(signal) === true) continue;
    if (open !== undefined) folded.push(open.signal());
    open = new MergedSeries(signal);
  }
  if (open !== undefined) folded.push(open.signal());
  return folded;
}

type Request = SeriesSignal['requests'][number];
type Counter = SeriesSignal['counters'][number];

class MergedSeries {
  #last: SeriesSignal;
  #at: number;
  #chars = 0;
  #merged = false;
  readonly #requests = new Map<string, Request>();
  readonly #latency = new Map<string, Map<number, number>>();
  readonly #counters = new Map<string, Counter>();

  constructor(first: SeriesSignal) {
    this.#last = first;
    this.#at = first.at;
    this.#add(first);
  }

  /** False when it does not belong in here; then nothing was taken. */
  take(signal: SeriesSignal): boolean {
    const { service, since } = this.#last;
    const belongs =
      signal.service === service && signal.since === since && minuteOf(signal.at) === minuteOf(this.#at);
    if (!belongs || this.#chars > MAX_CHARS) return false;
    this.#last = signal;
    this.#at = Math.max(this.#at, signal.at);
    this.#merged = true;
    this.#add(signal);
    return true;
  }

  /** At the position of the last signal taken. */
  signal(): SeriesSignal {
    if (!this.#merged) return this.#last;
    return {
      ...this.#last,
      at: this.#at,
      requests: [...this.#requests.values()],
      latency: Array.from(this.#latency, ([route, buckets]) => ({ route, buckets: [...buckets] })),
      counters: [...this.#counters.values()],
    };
  }

  /** Totals only grow, so the greater one is the later one. */
  #add({ requests, latency, counters }: SeriesSignal): void {
    for (const row of requests) {
      const key = JSON.stringify([row.route, row.status, row.tenant]);
      const known = this.#requests.get(key);
      if (known === undefined) this.#chars += ROW_CHARS + key.length;
      if (known === undefined || row.count > known.count) this.#requests.set(key, row);
    }
    for (const { route, buckets } of latency) this.#addLatency(route, buckets);
    for (const row of counters) {
      const key = JSON.stringify([row.name, row.unit]);
      const known = this.#counters.get(key);
      if (known === undefined) this.#chars += ROW_CHARS + key.length;
      if (known === undefined || row.value > known.value) this.#counters.set(key, row);
    }
  }

  #addLatency(route: string, buckets: readonly (readonly [number, number])[]): void {
    const known = this.#latency.get(route) ?? new Map<number, number>();
    if (known.size === 0) this.#chars += ROW_CHARS + JSON.stringify(route).length;
    this.#latency.set(route, known);
    for (const [bucket, count] of buckets) {
      const before = known.get(bucket);
      if (before === undefined) this.#chars += BUCKET_CHARS;
      if (before === undefined || count > before) known.set(bucket, count);
    }
  }
}
