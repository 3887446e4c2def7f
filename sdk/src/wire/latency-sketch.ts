/**
 * Logarithmic buckets for latencies: any two sketches merge by adding counts, and every value read back
 * is within 1 % of the one recorded (DDSketch, Masson et al. 2019, with alpha = 0.01).
 */

/** Relative error bound. */
export const ALPHA = 0.01;
const GAMMA = (1 + ALPHA) / (1 - ALPHA);
const LOG_GAMMA = Math.log(GAMMA);
/** Milliseconds below which values share one bucket: the clock's own resolution. */
const SMALLEST_MS = 0.001;
const LARGEST_MS = 86_400_000;

/** Bucket index of a latency in milliseconds; out of range is clamped. */
export function latencyBucket(ms: number): number {
  const clamped = ms >= SMALLEST_MS ? Math.min(ms, LARGEST_MS) : SMALLEST_MS;
  return Math.ceil(Math.log(clamped) / LOG_GAMMA);
}

/** The value in milliseconds that a bucket stands for. */
export function bucketLatency(index: number): number {
  return (2 * GAMMA ** index) / (GAMMA + 1);
}

/** Quantile q in [0, 1] of `[index, count]` pairs, in milliseconds; undefined when nothing was counted. */
export function latencyQuantile(
  buckets: readonly (readonly [number, number])[],
  q: number,
): number | undefined {
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return undefined;
  const rank = q * (total - 1);
  let seen = 0;
  const ascending = [...buckets].sort((a, b) => a[0] - b[0]);
  for (const [index, count] of ascending) {
    seen += count;
    if (seen > rank) return bucketLatency(index);
  }
  return undefined;
}
