import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ALPHA,
  type BucketCount,
  bucketEdge,
  bucketValue,
  mergeBuckets,
  SMALLEST_VALUE,
  valueBucket,
  valueQuantile,
} from './value-sketch.ts';

const value = fc.double({ min: SMALLEST_VALUE, max: Number.MAX_VALUE, noNaN: true });

function sketch(values: readonly number[]): readonly BucketCount[] {
  return mergeBuckets(
    values.map((one): BucketCount => [valueBucket(one), 1]),
    [],
  );
}

test('any value that a double can hold reads back within one percent', () => {
  fc.assert(
    fc.property(value, (one) => {
      const read = bucketValue(valueBucket(one));
      expect(Math.abs(read / one - 1)).toBeLessThanOrEqual(ALPHA + 1e-9);
      expect(bucketEdge(valueBucket(one)) * (1 + 1e-9)).toBeGreaterThanOrEqual(one);
    }),
    { numRuns: 1000 },
  );
});

test('the merge of sketches is the sketch of all values, in either order', () => {
  const values = fc.array(value);
  fc.assert(
    fc.property(values, values, (one, other) => {
      expect(mergeBuckets(sketch(one), sketch(other))).toEqual(sketch([...one, ...other]));
      expect(mergeBuckets(sketch(other), sketch(one))).toEqual(sketch([...one, ...other]));
    }),
  );
});

test('a quantile counts the values that were too small for a bucket', () => {
  const buckets = sketch([10, 20]);
  expect(valueQuantile(buckets, 0.5, 5)).toBe(0);
  expect(valueQuantile(buckets, 1, 5)).toBe(bucketValue(valueBucket(20)));
  expect(valueQuantile([], 0.5, 1)).toBe(0);
  expect(valueQuantile([], 0.5)).toBeUndefined();
});
