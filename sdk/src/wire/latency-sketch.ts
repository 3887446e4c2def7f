/** Latencies in the buckets of `value-sketch.ts`: milliseconds within the range that a clock can measure. */
import { valueBucket } from './value-sketch.ts';

export { ALPHA, bucketValue as bucketLatency, valueQuantile as latencyQuantile } from './value-sketch.ts';

/** Milliseconds below which values share one bucket: the clock's own resolution. */
const SMALLEST_MS = 0.001;
const LARGEST_MS = 86_400_000;

/** Index of the lowest bucket that a latency can be in. */
export const LOWEST_LATENCY_BUCKET: number = valueBucket(SMALLEST_MS);
/** Index of the highest. */
export const HIGHEST_LATENCY_BUCKET: number = valueBucket(LARGEST_MS);

/** Bucket index of a latency in milliseconds; out of range is clamped. */
export function latencyBucket(ms: number): number {
  return valueBucket(ms >= SMALLEST_MS ? Math.min(ms, LARGEST_MS) : SMALLEST_MS);
}
