import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALPHA, bucketLatency, latencyBucket, latencyQuantile } from './latency-sketch.ts';

const latency = fc.double({ min: 0.001, max: 86_400_000, noNaN: true });

function sketch(values: readonly number[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(latencyBucket(value), (counts.get(latencyBucket(value)) ?? 0) + 1);
  return [...counts];
}

test('a latency reads back within one percent', () => {
  fc.assert(
    fc.property(latency, (ms) => {
      expect(Math.abs(bucketLatency(latencyBucket(ms)) - ms)).toBeLessThanOrEqual(ms * (ALPHA + 1e-9));
    }),
    { numRuns: 1000 },
  );
});

test('a quantile is within one percent of the true one', () => {
  const values = fc.array(latency, { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, q) => {
      const ascending = [...all].sort((a, b) => a - b);
      const truth = ascending[Math.floor(q * (all.length - 1))] ?? 0;
      const read = latencyQuantile(sketch(all), q) ?? 0;
      expect(Math.abs(read - truth)).toBeLessThanOrEqual(truth * (ALPHA + 1e-9));
    }),
  );
});

test('two sketches together are the sketch of all values', () => {
  const values = fc.array(latency);
  fc.assert(
    fc.property(values, values, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, q) => {
      const together = [...sketch(one), ...sketch(other)];
      expect(latencyQuantile(together, q)).toBe(latencyQuantile(sketch([...one, ...other]), q));
    }),
  );
});

test('what is out of range, or no number, is counted at the nearest end', () => {
  expect(latencyBucket(0)).toBe(latencyBucket(0.001));
  expect(latencyBucket(-5)).toBe(latencyBucket(0.001));
  expect(latencyBucket(Number.NaN)).toBe(latencyBucket(0.001));
  expect(latencyBucket(Number.POSITIVE_INFINITY)).toBe(latencyBucket(86_400_000));
});

test('nothing counted has no quantile', () => {
  expect(latencyQuantile([], 0.5)).toBeUndefined();
});
