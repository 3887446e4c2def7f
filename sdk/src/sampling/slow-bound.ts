/** Says which requests are slow: longer than a fixed bound, or clearly slower than others on the same route have been. */
import { HIGHEST_LATENCY_BUCKET, LOWEST_LATENCY_BUCKET, latencyBucket } from '../wire/latency-sketch.ts';
import { bucketEdge } from '../wire/value-sketch.ts';
import { RecentMap } from './recent-map.ts';

/** The part of the settings in force that it asks for each time: `SamplingPolicy` has it. */
export interface SlowSettings {
  readonly slowMs: number;
  readonly adaptiveSlow: boolean;
}

/** What a route's last requests took: the window that fills and the full one before it. */
interface RouteTimes {
  /** Requests by bucket, from the lowest one on; a window's count fits 16 bits. */
  filling: Uint16Array;
  full: Uint16Array;
  inFilling: number;
  inFull: number;
  /** Milliseconds above which a request is clearly slower than the 99th percentile. */
  bound: number;
}

/** Fewer say nothing about a 99th percentile. */
const LEAST_OBSERVED = 200;
/** Requests of one window: what was before the last 1,000 to 2,000 is forgotten. */
const WINDOW = 1000;
/** Requests between two looks at the buckets; a window is a multiple of it. */
const RECKON_EVERY = 100;
const SLOWEST_SHARE = 0.01;
/** By how much slower than the 99th percentile is clearly slower, the sketch's own 1 % included, and at least in ms. */
const MARGIN = 1.2;
const LEAST_MARGIN_MS = 1;
/** 5 KB each. */
const ROUTES = 200;
const BUCKETS = HIGHEST_LATENCY_BUCKET - LOWEST_LATENCY_BUCKET + 1;

export class SlowBound {
  readonly #settings: SlowSettings;
  readonly #routes = new RecentMap<RouteTimes>(ROUTES);

  constructor(settings: SlowSettings) {
    this.#settings = settings;
  }

  /** Ask before `observe`, or a request is compared with itself. */
  isSlow(route: string, ms: number): boolean {
    const { slowMs, adaptiveSlow } = this.#settings;
    if (ms >= slowMs) return true;
    if (!adaptiveSlow) return false;
    const times = this.#routes.get(route);
    return times !== undefined && ms > times.bound;
  }

  /** Takes what a request that was served took, in milliseconds. */
  observe(route: string, ms: number): void {
    if (!this.#settings.adaptiveSlow) return;
    let times = this.#routes.get(route);
    if (times === undefined) {
      times = {
        filling: new Uint16Array(BUCKETS),
        full: new Uint16Array(BUCKETS),
        inFilling: 0,
        inFull: 0,
        bound: Infinity,
      };
      this.#routes.set(route, times);
    }
    const place = latencyBucket(ms) - LOWEST_LATENCY_BUCKET;
    times.filling[place] = (times.filling[place] ?? 0) + 1;
    times.inFilling += 1;
    if (times.inFilling % RECKON_EVERY === 0) reckon(times);
  }
}

function reckon(times: RouteTimes): void {
  const { filling, full, inFilling, inFull } = times;
  const observed = inFilling + inFull;
  if (observed < LEAST_OBSERVED) return;
  const edge = bucketEdge(percentile99(filling, full, observed));
  times.bound = Math.max(edge * MARGIN, edge + LEAST_MARGIN_MS);
  if (inFilling < WINDOW) return;
  // The full window is forgotten, and the one that filled takes its place.
  times.full = filling;
  times.inFull = inFilling;
  times.filling = full.fill(0);
  times.inFilling = 0;
}

/** The bucket that has at most one in a hundred requests in those above it. */
function percentile99(filling: Uint16Array, full: Uint16Array, observed: number): number {
  let above = Math.floor(observed * SLOWEST_SHARE);
  let place = BUCKETS;
  while (above >= 0 && place > 0) {
    place -= 1;
    above -= (filling[place] ?? 0) + (full[place] ?? 0);
  }
  return place + LOWEST_LATENCY_BUCKET;
}
