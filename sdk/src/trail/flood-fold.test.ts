import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FloodFold } from './flood-fold.ts';

describe('flood folding', () => {
  test('three are written whole, then one record a second with the count', () => {
    const fold = new FloodFold<string>();
    const whole = [0, 10, 20].flatMap((at) => fold.take('ann', `e${at}`, at));
    expect(whole).toEqual([0, 10, 20].map((at) => ({ event: `e${at}`, count: 1 })));
    for (let at = 30; at < 1000; at += 10) expect(fold.take('ann', `e${at}`, at)).toEqual([]);
    expect(fold.due(1019)).toEqual([]);
    expect(fold.due(1020)).toEqual([{ event: 'e990', count: 97 }]);
    expect(fold.take('ann', 'late', 1021)).toEqual([]);
    expect(fold.due(2019)).toEqual([]);
    expect(fold.drain(2019)).toEqual([{ event: 'late', count: 1 }]);
  });

  test('principals fold apart, and one that was quiet for a minute starts anew', () => {
    const fold = new FloodFold<string>();
    for (let i = 0; i < 3; i++) fold.take('ann', 'a', 0);
    expect(fold.take('bob', 'b', 0)).toEqual([{ event: 'b', count: 1 }]);
    expect(fold.take('ann', 'a', 59_999)).toEqual([]);
    fold.drain(60_000);
    expect(fold.take('ann', 'a', 120_000)).toEqual([{ event: 'a', count: 1 }]);
  });

  test('every event is in the count of exactly one record, with any number of principals', () => {
    const step = fc.record({
      who: fc.oneof(fc.nat(5), fc.nat(2000)),
      times: fc.integer({ min: 1, max: 30 }),
      wait: fc.nat(3000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const fold = new FloodFold<number>();
        let now = 0;
        let given = 0;
        let told = 0;
        const tell = (records: readonly { readonly count: number }[]): void => {
          for (const { count } of records) told += count;
        };
        for (const { who, times, wait } of steps) {
          for (let i = 0; i < times; i++) tell(fold.take(`ip:${who}`, who, now));
          given += times;
          now += wait;
          tell(fold.due(now));
        }
        tell(fold.drain(now));
        expect(told).toBe(given);
        expect(fold.drain(now)).toEqual([]);
      }),
    );
  });
});
