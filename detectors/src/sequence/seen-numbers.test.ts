import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstNumbers, type SeenNumbers, setRight, takeGaps, takeRange } from './seen-numbers.ts';

const GRACE = 120_000;
const AT = Date.UTC(2026, 2, 3);

type Range = readonly [first: number, last: number];

/** After ranges that came a second apart. */
function seenAfter(...[first, ...rest]: readonly [Range, ...Range[]]): SeenNumbers {
  const seen = firstNumbers(...first, AT);
  for (const [number, range] of rest.entries()) takeRange(seen, range, AT + (number + 1) * 1_000, GRACE);
  return seen;
}

function missing({ gaps }: SeenNumbers): readonly Range[] {
  return gaps.map(({ first, last }) => [first, last]);
}

describe('what is missing', () => {
  test.each<[string, [Range, ...Range[]], readonly Range[]]>([
    [
      'nothing where ranges follow each other',
      [
        [0, 4],
        [5, 9],
      ],
      [],
    ],
    [
      'what lies between ranges',
      [
        [0, 4],
        [7, 7],
        [9, 9],
      ],
      [
        [5, 6],
        [8, 8],
      ],
    ],
    [
      'not what comes late',
      [
        [0, 4],
        [9, 9],
        [5, 8],
      ],
      [],
    ],
    [
      'the rest of what comes late in part',
      [
        [0, 1],
        [9, 9],
        [4, 5],
        [8, 8],
      ],
      [
        [2, 3],
        [6, 7],
      ],
    ],
    [
      'not what comes late over the edges',
      [
        [0, 2],
        [5, 6],
        [9, 9],
        [2, 9],
      ],
      [],
    ],
    [
      'nothing new where a range comes twice',
      [
        [0, 4],
        [9, 9],
        [0, 4],
        [9, 9],
      ],
      [[5, 8]],
    ],
    [
      'also what a later range shows below the first',
      [
        [7, 9],
        [0, 4],
      ],
      [[5, 6]],
    ],
  ])('is %s', (_, ranges, gaps) => {
    expect(missing(seenAfter(...ranges))).toEqual(gaps);
  });

  test('is not what lies below the first range once that is older than the grace', () => {
    const seen = firstNumbers(50, 60, AT);
    takeRange(seen, [10, 20], AT + GRACE + 1, GRACE);
    expect(missing(seen)).toEqual([]);
    takeRange(seen, [70, 70], AT + GRACE + 2, GRACE);
    expect(missing(seen)).toEqual([[61, 69]]);
  });

  test('is what no range held between the lowest and the highest, in any order, as often as each comes', () => {
    const range = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 9 })).map(([a, n]): Range => [a, a + n]);
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 40 }), (ranges) => {
        const [first = [0, 0], ...rest] = ranges;
        const seen = seenAfter(first, ...rest);
        const held = new Set(ranges.flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, n) => a + n)));
        const [low, high] = [Math.min(...held), Math.max(...held)];
        const expected = Array.from({ length: high - low }, (_, n) => low + n).filter((n) => !held.has(n));
        const named = missing(seen).flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, n) => a + n));
        expect(named).toEqual(expected);
      }),
    );
  });
});

describe('a number out of all reach', () => {
  test.each([
    ['above', 900_000_000_000_000],
    ['below', 3],
  ])('%s the others is no hole, and the instance is still watched behind it', (_, forged) => {
    const start = 20_000_000;
    const seen = seenAfter(
      [start, start + 9],
      [forged, forged],
      [start + 10, start + 12],
      [start + 15, start + 15],
    );
    expect(missing(seen)).toEqual([[start + 13, start + 14]]);
  });
});

test('a gap that was taken is settled, whatever comes of it later', () => {
  const seen = seenAfter([0, 4], [9, 9], [12, 12]);
  expect(takeGaps(seen, ({ last }) => last < 9).map(({ first, last }) => [first, last])).toEqual([[5, 8]]);
  takeRange(seen, [6, 6], AT + 10_000, GRACE);
  expect(missing(seen)).toEqual([[10, 11]]);
});

test('the time of a clock that was ahead is set right', () => {
  const seen = seenAfter([0, 4], [9, 9]);
  setRight(seen, AT);
  expect(seen).toMatchObject({ begun: AT, lastAt: AT, gaps: [{ since: AT }] });
});
