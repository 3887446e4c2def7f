import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketsExpired, countEvents, emptyBuckets } from './event-count.ts';
import type { EventCount } from './rule.ts';

const RULE: EventCount = { type: 'event_count', timespanMs: 10_000, gte: 200 };
const START = Date.UTC(2026, 0, 1);

test('hits exactly when some ten seconds in a row hold 200 events, whatever order they come in', () => {
  const event = fc.record({
    second: fc.integer({ min: 0, max: 19 }),
    count: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const evidence = emptyBuckets();
      const bySecond = new Map<number, number>();
      let newest = 0;
      for (const { second, count } of events) {
        // What is more than a window late has left the memory.
        if (second < newest - 9) continue;
        newest = Math.max(newest, second);
        bySecond.set(second, (bySecond.get(second) ?? 0) + count);
        const hit = countEvents(evidence, RULE, START + second * 1_000, count) !== undefined;
        let busiest = 0;
        for (let last = second; last < second + 10; last += 1) {
          if (!bySecond.has(last)) continue;
          let sum = 0;
          for (let s = last - 9; s <= last; s += 1) sum += bySecond.get(s) ?? 0;
          busiest = Math.max(busiest, sum);
        }
        expect(hit).toBe(busiest >= 200);
      }
    }),
    { numRuns: 500 },
  );
});

test('keeps a bounded number of buckets under wrong clocks', () => {
  const evidence = emptyBuckets();
  for (let n = 1_000; n > 0; n -= 1) countEvents(evidence, RULE, START + n * 3_600_000, 1);
  expect(evidence.buckets.size).toBeLessThanOrEqual(120);
});

test('is expired once nothing in it can be part of a window', () => {
  const evidence = emptyBuckets();
  countEvents(evidence, RULE, START, 1);
  expect(bucketsExpired(evidence, RULE, START + 10_000)).toBe(false);
  expect(bucketsExpired(evidence, RULE, START + 21_000)).toBe(true);
});
