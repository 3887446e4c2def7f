/** Counts how long requests took, by route, in buckets that merge downstream. */
import { latencyBucket } from '../wire/latency-sketch.ts';
import type { RouteLatency } from '../wire/record.ts';
import { OTHER } from './request-counts.ts';

const MAX_ROUTES = 200;

export class LatencyCounts {
  readonly #routes = new Map<string, Map<number, number>>();

  add(route: string, ms: number): void {
    const buckets = this.#routes.get(route) ?? this.#begin(route);
    const index = latencyBucket(ms);
    buckets.set(index, (buckets.get(index) ?? 0) + 1);
  }

  rows(): RouteLatency[] {
    return Array.from(this.#routes, ([route, buckets]) => ({
      route,
      buckets: [...buckets].sort(([a], [b]) => a - b),
    }));
  }

  #begin(route: string): Map<number, number> {
    const place = this.#routes.size >= MAX_ROUTES ? OTHER : route;
    const buckets = this.#routes.get(place) ?? new Map<number, number>();
    this.#routes.set(place, buckets);
    return buckets;
  }
}
