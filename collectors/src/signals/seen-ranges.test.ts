import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeenRanges } from './seen-ranges.ts';

const STREAM = '/aws/lambda/orders/2026/11/22/[$LATEST]abc';
const INSTANCE = '00112233445566aa';
const ARRIVAL = Date.UTC(2026, 10, 22);

function rangesOf(numbers: readonly number[]): readonly unknown[] {
  const seen = new SeenRanges();
  for (const number of numbers) seen.note(STREAM, INSTANCE, number);
  return seen.signals(ARRIVAL).map(({ signal }) => (signal.kind === 'seen' ? signal.ranges : signal.kind));
}

describe('the numbers of a record', () => {
  test('are said by instance, with the highest as their place', () => {
    const seen = new SeenRanges();
    for (const [instance, number] of [
      [INSTANCE, 7],
      [INSTANCE, 8],
      ['ffffffffffffffff', 0],
      [INSTANCE, 9],
      [INSTANCE, 12],
    ] as const) {
      seen.note(STREAM, instance, number);
    }
    seen.note('/aws/lambda/stock/s', INSTANCE, 3);
    const common = { kind: 'seen', at: ARRIVAL };
    expect(seen.signals(ARRIVAL)).toEqual([
      {
        key: `instance:${STREAM}`,
        signal: {
          ...common,
          from: { stream: `${STREAM}#${INSTANCE}`, position: '12' },
          ranges: [
            [7, 9],
            [12, 12],
          ],
        },
      },
      {
        key: `instance:${STREAM}`,
        signal: {
          ...common,
          from: { stream: `${STREAM}#ffffffffffffffff`, position: '0' },
          ranges: [[0, 0]],
        },
      },
      {
        key: 'instance:/aws/lambda/stock/s',
        signal: {
          ...common,
          from: { stream: `/aws/lambda/stock/s#${INSTANCE}`, position: '3' },
          ranges: [[3, 3]],
        },
      },
    ]);
  });

  test('are as few ranges as hold just them, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 400 }), (numbers) => {
        const ascending = [...new Set(numbers)].sort((a, b) => a - b);
        const expected: [number, number][] = [];
        for (const number of ascending) {
          const last = expected.at(-1);
          if (last !== undefined && number === last[1] + 1) last[1] = number;
          else expected.push([number, number]);
        }
        expect(rangesOf(numbers)).toEqual([expected]);
      }),
    );
  });

  test('of a record without any are nothing', () => {
    expect(new SeenRanges().signals(ARRIVAL)).toEqual([]);
  });
});

describe('forged heads', () => {
  test('of more instances than can be told apart leave one signal that proves nothing', () => {
    const seen = new SeenRanges();
    for (let n = 0; n < 100_000; n++) seen.note(STREAM, n.toString(16).padStart(16, '0'), n);
    seen.note(STREAM, INSTANCE, 1);
    expect(seen.signals(ARRIVAL)).toEqual([
      {
        key: `instance:${STREAM}`,
        signal: { kind: 'seen', at: ARRIVAL, from: { stream: STREAM, position: '0' }, ranges: [] },
      },
    ]);
  });

  test('with numbers far apart make neither a long signal nor a hole in what another instance says', () => {
    const seen = new SeenRanges();
    for (let n = 0; n < 100_000; n++) {
      if (n % 10 === 0) seen.note(STREAM, INSTANCE, n / 10 + (n >= 50_000 ? 5 : 0));
      seen.note(STREAM, 'ffffffffffffffff', (n * 7_919_777_777) % 1_000_000_007);
    }
    const signals = seen.signals(ARRIVAL);
    expect(JSON.stringify(signals).length).toBeLessThan(140_000);
    expect(signals[0]?.signal).toMatchObject({
      ranges: [
        [0, 4_999],
        [5_005, 10_004],
      ],
    });
  });

  test('never hide that a number came: what was noted is within a range', () => {
    const number = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 5_000, maxLength: 9_000, size: 'max' }), (numbers) => {
        const [ranges = []] = rangesOf(numbers) as [readonly (readonly [number, number])[]];
        expect(ranges.length).toBeLessThanOrEqual(4_097);
        const held = numbers.every((n) => ranges.some(([first, last]) => n >= first && n <= last));
        expect(held).toBe(true);
      }),
      { numRuns: 3 },
    );
  });
});
