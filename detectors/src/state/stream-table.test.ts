import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyStreamTable, growth, highWater, markOf, type StreamMark, takeOnce } from './stream-table.ts';

function firstMark(forgot: boolean): StreamMark {
  const mark = takeOnce(emptyStreamTable(forgot), 'usage', { stream: 'a', position: '1' });
  if (mark === undefined) throw new Error('a first signal is new');
  return mark;
}

describe('positions', () => {
  test('at or below the last one taken are ignored, by number and not by text', () => {
    const table = emptyStreamTable(false);
    const taken = ['9', '10', '10', '2', '11'].map(
      (position) => takeOnce(table, 'trail', { stream: 'a', position }) !== undefined,
    );
    expect(taken).toEqual([true, true, false, false, true]);
  });

  test('are counted apart for each kind and each stream', () => {
    const table = emptyStreamTable(false);
    expect(takeOnce(table, 'trail', { stream: 'a', position: '5' })).toBeDefined();
    expect(takeOnce(table, 'usage', { stream: 'a', position: '5' })).toBeDefined();
    expect(takeOnce(table, 'trail', { stream: 'b', position: '5' })).toBeDefined();
  });

  test('of the stream seen longest ago are forgotten when there are too many streams', () => {
    const table = emptyStreamTable(false);
    for (const stream of ['a', 'b', 'a', 'c']) {
      takeOnce(table, 'trail', { stream, position: String(table.streams.size + 1) }, 2);
    }
    expect([...table.streams.keys()]).toEqual(['a', 'c']);
    expect(table.forgot).toBe(true);
  });
});

describe('growth of a cumulative counter', () => {
  test('is the whole at first, then the difference, and the whole again after a new beginning', () => {
    const mark = firstMark(false);
    expect([5, 8, 8, 3, 4].map((value) => growth(mark, 'requests', value))).toEqual([5, 3, 0, 3, 1]);
  });

  test('begins at the first reading when an earlier one may have been forgotten', () => {
    const mark = firstMark(true);
    expect([500, 503].map((value) => growth(mark, 'requests', value))).toEqual([0, 3]);
  });
});

describe('the high water of a counter that only grows', () => {
  test('is reached by what it is told in any order, any number of times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1_000 }), { minLength: 1 }), (told) => {
        const mark = firstMark(false);
        const added = told.reduce((sum, value) => sum + highWater(mark, 'requests', value), 0);
        expect(added).toBe(Math.max(...told));
      }),
    );
  });

  test('is not kept for more counters than are allowed', () => {
    const mark = firstMark(false);
    expect(['a', 'b', 'c', 'a'].map((counter, n) => highWater(mark, counter, n + 1, 2))).toEqual([
      1, 2, 0, 3,
    ]);
  });
});

describe('a stream seen for the first time', () => {
  const resumed = (table: ReturnType<typeof emptyStreamTable>, since: number | undefined, at: number) =>
    markOf(table, `s${since}/${at}`, { since, at }, 2).resumed;

  test('is none that was forgotten if its instance began later than all of those had spoken', () => {
    const table = emptyStreamTable(false);
    expect([0, 10, 20].map((since) => resumed(table, since, since + 100))).toEqual([false, false, false]);
    // The first one has left, which spoke last at 100.
    expect(resumed(table, 101, 500)).toBe(false);
    expect(resumed(table, 90, 500)).toBe(true);
  });

  test('may be one of those if nobody says when it began, or when they had spoken', () => {
    const table = emptyStreamTable(false);
    for (const at of [1, 2, 3]) resumed(table, undefined, at);
    expect(resumed(table, 1_000, 2_000)).toBe(true);
    expect(resumed(emptyStreamTable(true), 1_000, 2_000)).toBe(true);
  });
});
