import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InstanceCounts } from './instance-counts.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const report = (count: number, over: { since?: number; at?: number; stream?: string; key?: string } = {}) => {
  const { since = NOW, at = NOW + 1_000, stream = 's', key = 'row' } = over;
  return { stream, since, at, rows: [{ key, count }] };
};

describe('cumulative counts of instances', () => {
  test('the first report counts whole, later ones what they add', () => {
    const counts = new InstanceCounts();
    expect(counts.additions(report(3))).toEqual([3]);
    expect(counts.additions(report(10))).toEqual([7]);
    expect(counts.additions(report(10))).toEqual([0]);
  });

  test('an instance that begins anew in the same stream counts from zero, and its past is over', () => {
    const counts = new InstanceCounts();
    counts.additions(report(10));
    expect(counts.additions(report(4, { since: NOW + 5_000 }))).toEqual([4]);
    expect(counts.additions(report(12))).toEqual([0]);
  });

  test('an instance heard for the first time after counting for long starts from a baseline', () => {
    const counts = new InstanceCounts();
    const since = NOW - 3_600_000;
    expect(counts.additions(report(90_000, { since, at: NOW }))).toEqual([0]);
    // The other half of the same flush.
    expect(counts.additions(report(500, { since, at: NOW, key: 'other' }))).toEqual([0]);
    expect(counts.additions(report(90_007, { since, at: NOW + 2_000 }))).toEqual([7]);
    expect(counts.additions(report(2, { since, at: NOW + 2_000, key: 'new status' }))).toEqual([2]);
  });

  test('any order and repetition of reports adds up to the highest count', () => {
    const reports = fc.array(
      fc.record({ count: fc.nat(1_000), stream: fc.constantFrom('a', 'b'), key: fc.constantFrom('x', 'y') }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(reports, (values) => {
        const counts = new InstanceCounts();
        const highest = new Map<string, number>();
        let total = 0;
        for (const { count, stream, key } of values) {
          total += counts.additions(report(count, { stream, key })).reduce((sum, added) => sum + added, 0);
          const row = `${stream}/${key}`;
          highest.set(row, Math.max(highest.get(row) ?? 0, count));
        }
        expect(total).toBe([...highest.values()].reduce((sum, count) => sum + count, 0));
      }),
    );
  });
});
