import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SlowBound } from './slow-bound.ts';

const ADAPTIVE = { slowMs: 3000, adaptiveSlow: true };
const ROUTE = 'GET /orders';

function observed(count: number, msOf: (n: number) => number, route = ROUTE): SlowBound {
  const bound = new SlowBound(ADAPTIVE);
  for (let n = 0; n < count; n++) bound.observe(route, msOf(n));
  return bound;
}

describe('slow', () => {
  test('is what reaches the fixed bound, on any route', () => {
    const bound = new SlowBound(ADAPTIVE);
    expect([bound.isSlow(ROUTE, 2999), bound.isSlow(ROUTE, 3000)]).toEqual([false, true]);
  });

  test('follows the bound that holds now', () => {
    const settings = { slowMs: 3000, adaptiveSlow: true };
    const bound = new SlowBound(settings);
    settings.slowMs = 10;
    expect(bound.isSlow(ROUTE, 10)).toBe(true);
  });

  test('is what is clearly slower than the 99th percentile of its route, once there are 200', () => {
    const tenToTwenty = (n: number): number => 10 + (n % 100) / 10;
    expect(observed(199, tenToTwenty).isSlow(ROUTE, 2000)).toBe(false);
    const bound = observed(200, tenToTwenty);
    expect([bound.isSlow(ROUTE, 19.9), bound.isSlow(ROUTE, 23)]).toEqual([false, false]);
    expect([bound.isSlow(ROUTE, 25), bound.isSlow('GET /other', 25)]).toEqual([true, false]);
  });

  test('leaves microseconds of jitter alone', () => {
    const bound = observed(500, () => 0.2);
    expect([bound.isSlow(ROUTE, 1.1), bound.isSlow(ROUTE, 1.3)]).toEqual([false, true]);
  });

  test('is not adaptive where that was not asked for', () => {
    const bound = new SlowBound({ slowMs: 3000, adaptiveSlow: false });
    for (let n = 0; n < 500; n++) bound.observe(ROUTE, 10);
    expect(bound.isSlow(ROUTE, 2999)).toBe(false);
  });

  test('forgets how a route was after 2,000 requests', () => {
    const bound = observed(5000, () => 10);
    expect(bound.isSlow(ROUTE, 100)).toBe(true);
    for (let n = 0; n < 2100; n++) bound.observe(ROUTE, 100);
    expect(bound.isSlow(ROUTE, 100)).toBe(false);
    for (let n = 0; n < 2100; n++) bound.observe(ROUTE, 10);
    expect(bound.isSlow(ROUTE, 100)).toBe(true);
  });

  test('is never below the true 99th percentile and never above it by more than the margin and the error', () => {
    const times = fc.array(fc.double({ min: 1, max: 2000, noNaN: true }), { minLength: 200, maxLength: 200 });
    fc.assert(
      fc.property(times, (all) => {
        const bound = observed(200, (n) => all[n] ?? 0);
        const ascending = [...all].sort((a, b) => a - b);
        // At most 2 of 200 are above.
        const p99 = ascending[197] ?? 0;
        expect(bound.isSlow(ROUTE, p99)).toBe(false);
        const clearly = Math.max(p99 * 1.2 * 1.03, p99 * 1.03 + 1) + 1e-6;
        expect(bound.isSlow(ROUTE, clearly)).toBe(true);
      }),
    );
  });

  test('keeps at most one in a hundred of what does not change', () => {
    const bound = new SlowBound({ slowMs: 900_000, adaptiveSlow: true });
    let state = 7;
    let slow = 0;
    for (let n = 0; n < 50_000; n++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const ms = 5 / (1 - state / 2 ** 32) ** 0.5;
      if (bound.isSlow(ROUTE, ms)) slow += 1;
      bound.observe(ROUTE, ms);
    }
    expect(slow).toBeGreaterThan(0);
    expect(slow).toBeLessThan(500);
  });

  test('a flood of routes pushes out only what is not used', () => {
    const bound = observed(500, () => 10);
    for (let n = 0; n < 5000; n++) {
      bound.observe(`GET /made-up/${n}`, 10);
      if (n % 100 === 0) bound.observe(ROUTE, 10);
    }
    expect(bound.isSlow(ROUTE, 100)).toBe(true);
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('takes %d without harm', (odd) => {
    const bound = observed(500, (n) => (n % 7 === 0 ? odd : 10));
    expect(typeof bound.isSlow(ROUTE, odd)).toBe('boolean');
  });
});
