import { describe, expect, test } from 'vitest';
import { emptyStreamTable, growth, type StreamMark, takeOnce } from './stream-table.ts';

function markOf(forgot: boolean): StreamMark {
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
    const mark = markOf(false);
    expect([5, 8, 8, 3, 4].map((value) => growth(mark, 'requests', value))).toEqual([5, 3, 0, 3, 1]);
  });

  test('begins at the first reading when an earlier one may have been forgotten', () => {
    const mark = markOf(true);
    expect([500, 503].map((value) => growth(mark, 'requests', value))).toEqual([0, 3]);
  });
});
