/**
 * Logarithmic buckets for values above 0: any two sketches merge by adding counts, and every value read back
 * is within 1 % of the one recorded (DDSketch, Masson et al. 2019, with alpha = 0.01).
 */

/** Relative error bound. */
export const ALPHA = 0.01;
const GAMMA = (1 + ALPHA) / (1 - ALPHA);
const LOG_GAMMA = Math.log(GAMMA);
/** A bucket's value against its upper edge. */
const MIDDLE = 2 / (GAMMA + 1);
/** Smallest value that has a bucket: below, a double has fewer digits than the error bound needs. */
export const SMALLEST_VALUE = 1e-300;

/** `[index, count]`. */
export type BucketCount = readonly [index: number, count: number];

/** Index of the bucket (γ^(index−1), γ^index] that holds a finite value of at least `SMALLEST_VALUE`. */
export function valueBucket(value: number): number {
  return Math.ceil(Math.log(value) / LOG_GAMMA);
}

/** The value that a bucket stands for. */
export function bucketValue(index: number): number {
  return Math.min(GAMMA ** index, Number.MAX_VALUE) * MIDDLE;
}

/** The largest value that a bucket may hold. */
export function bucketEdge(index: number): number {
  return Math.min(GAMMA ** index, Number.MAX_VALUE);
}

/**
 * Quantile q in [0, 1] of buckets in any order, an index more than once included; undefined when nothing was counted.
 * @param zero how many values were too small for a bucket
 */
export function valueQuantile(
  buckets: readonly BucketCount[],
  q: number,
  zero: number = 0,
): number | undefined {
  const total = buckets.reduce((sum, [, count]) => sum + count, zero);
  if (total === 0) return undefined;
  const rank = q * (total - 1);
  let seen = zero;
  if (seen > rank) return 0;
  const ascending = [...buckets].sort((a, b) => a[0] - b[0]);
  for (const [index, count] of ascending) {
    seen += count;
    if (seen > rank) return bucketValue(index);
  }
  return undefined;
}

/** The sketch of all that two sketches counted, ascending. */
export function mergeBuckets(
  one: readonly BucketCount[],
  other: readonly BucketCount[],
): readonly BucketCount[] {
  const counts = new Map<number, number>();
  for (const [index, count] of [...one, ...other]) counts.set(index, (counts.get(index) ?? 0) + count);
  return [...counts].sort(([a], [b]) => a - b);
}
