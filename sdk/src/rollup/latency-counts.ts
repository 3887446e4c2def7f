/** Counts how long requests took, by route, in buckets that merge downstream. */
import { latencyBucket } from '../wire/latency-sketch.ts';
import type { RouteLatency } from '../wire/record.ts';
import { OTHER } from './request-counts.ts';

const MAX_ROUTES = 200;

export class LatencyCounts {
  readonly #routes = new Map<string, Map<number, number>>();

  add(route: string, ms: number): void {
    const buckets = this.#buckets(route);
    const index = latencyBucket(ms);
    buckets.set(index, (buckets.get(index) ?? 0) + 1);
  }

  rows(): RouteLatency[] {
    return Array.from(this.#routes, ([route, buckets]) => ({
      route,
      buckets: [...buckets].sort(([a], [b]) => a - b),
    }));
  }

  #buckets(route: string): Map<number, number> {
    const known = this.#routes.get(route);
    if (known !== undefined) return known;
    if (this.#routes.size >= MAX_ROUTES && route !== OTHER) return this.#buckets(OTHER);
    const buckets = new Map<number, number>();
    this.#routes.set(route, buckets);
    return buckets;
  }
}
