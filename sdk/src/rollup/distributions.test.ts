import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeBuckets, SMALLEST_VALUE, valueQuantile } from '../wire/value-sketch.ts';
import { Distributions } from './distributions.ts';
import { ValueCounts } from './value-counts.ts';

function counted(values: readonly number[], maxBuckets?: number): ReturnType<ValueCounts['summary']> {
  const counts = new ValueCounts(maxBuckets);
  for (const value of values) counts.add(value);
  return counts.summary();
}

const amount = fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e12, noNaN: true }), fc.constant(0));

describe('the values of one distribution', () => {
  test('have their count, zeros, extremes and sum exact', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (cents) => {
        const { count, sum, min, max, zero, buckets } = counted(cents);
        expect(count).toBe(cents.length);
        expect(sum).toBe(cents.reduce((a, b) => a + b, 0));
        expect([min, max]).toEqual([Math.min(...cents), Math.max(...cents)]);
        expect(zero).toBe(cents.filter((one) => one === 0).length);
        expect(buckets.reduce((a, [, n]) => a + n, zero)).toBe(count);
      }),
    );
  });

  test('sum up without the drift of a million roundings', () => {
    const counts = new ValueCounts();
    for (let n = 0; n < 1_000_000; n++) counts.add(0.1);
    expect(counts.summary().sum).toBe(100_000);
  });

  test('of two instances merge to those of one', () => {
    fc.assert(
      fc.property(fc.array(amount), fc.array(amount), (one, other) => {
        const [a, b, all] = [counted(one), counted(other), counted([...one, ...other])];
        expect(mergeBuckets(a.buckets, b.buckets)).toEqual(all.buckets);
        expect([a.count + b.count, a.zero + b.zero]).toEqual([all.count, all.zero]);
        expect([Math.min(a.min, b.min), Math.max(a.max, b.max)]).toEqual([all.min, all.max]);
      }),
    );
  });

  test('have every quantile within one percent', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, q) => {
          const { buckets, zero } = counted(all);
          const truth = [...all].sort((a, b) => a - b)[Math.floor(q * (all.length - 1))] ?? 0;
          const read = valueQuantile(buckets, q, zero) ?? -1;
          expect(Math.abs(read - truth)).toBeLessThanOrEqual(truth * 0.0100001 + SMALLEST_VALUE);
        },
      ),
    );
  });

  test('take bounded room: the lowest buckets become one, the high ones stay as they are', () => {
    const any = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 200 }), (values) => {
        const [bounded, whole] = [counted(values, 16), counted(values)];
        expect(bounded.buckets.length).toBeLessThanOrEqual(16);
        expect(bounded.buckets.slice(1)).toEqual(
          whole.buckets.slice(-15).slice(whole.buckets.length > 15 ? 0 : 1),
        );
        expect(bounded.buckets.reduce((sum, [, n]) => sum + n, 0)).toBe(values.length);
      }),
    );
  });

  test('stay writable however large they are', () => {
    const counts = new ValueCounts();
    const taken = Array.from({ length: 100 }, () => counts.add(Number.MAX_VALUE / 10));
    expect(taken).toContain(false);
    expect(Number.isFinite(counts.summary().sum)).toBe(true);
    expect(JSON.stringify(counts.summary())).not.toContain('null');
  });
});

describe('distributions', () => {
  test('take no nonsense', () => {
    const all = new Distributions();
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, '7', null]) {
      expect(all.add('Basket', value as number, 'None')).toBe(false);
    }
    expect(all.add('', 1, 'None')).toBe(false);
    expect(all.add('Basket', 1, 'Euro')).toBe(false);
    expect(all.take()).toEqual([]);
  });

  test('are as many as 200, and those stay countable', () => {
    const all = new Distributions();
    for (let n = 0; n < 300; n++) expect(all.add(`D${n}`, 1, 'ms')).toBe(n < 200);
    expect(all.add('D0', 1, 'ms')).toBe(true);
    expect(all.take()).toHaveLength(200);
  });

  test('are given when they changed, and again after a while in case a record was lost', () => {
    const all = new Distributions();
    all.add('Basket', 20, 'None');
    const [first] = all.take();
    expect(first).toMatchObject({
      name: 'Basket',
      unit: 'None',
      count: 1,
      sum: 20,
      min: 20,
      max: 20,
      zero: 0,
    });
    const later = Array.from({ length: 60 }, () => all.take());
    expect(later.filter((rows) => rows.length > 0)).toEqual([[first], [first]]);
    all.add('Basket', 5, 'None');
    expect(all.take()).toMatchObject([{ count: 2, sum: 25, min: 5, max: 20 }]);
  });
});
