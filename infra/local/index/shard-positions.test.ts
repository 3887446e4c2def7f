import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShardPositions, type ShardState } from './shard-positions.ts';

const state = (index: string, written: number, shard = '0', given = written): ShardState => ({
  index,
  shard,
  written,
  given,
});

test('what is written later is read from where the last reading ended', () => {
  const positions = new ShardPositions();
  expect(positions.spans([state('trail-2026.11.22', -1)])).toEqual([]);
  const [span] = positions.spans([state('trail-2026.11.22', 4)]);
  expect(span).toEqual({ index: 'trail-2026.11.22', shard: '0', from: -1, to: 4 });
  if (span !== undefined) positions.advance(span, 2);
  expect(positions.spans([state('trail-2026.11.22', 9)])).toMatchObject([{ from: 2, to: 9 }]);
});

test('of what was there at the start, the newest of each channel is read', () => {
  const positions = new ShardPositions();
  const spans = positions.spans([
    state('business-2026.11.20', 99_999),
    state('business-2026.11.21', 99_999),
    state('business-2026.11.22', 1_999),
    state('trail-2026.11.21', 10),
  ]);
  expect(spans).toEqual([
    { index: 'business-2026.11.21', shard: '0', from: 96_999, to: 99_999 },
    { index: 'business-2026.11.22', shard: '0', from: -1, to: 1_999 },
    { index: 'trail-2026.11.21', shard: '0', from: -1, to: 10 },
  ]);
});

test('an index that appears later is read whole, and so is one that was removed and made again', () => {
  const positions = new ShardPositions();
  positions.spans([]);
  const [span] = positions.spans([state('trail-late', 20_000)]);
  expect(span).toMatchObject({ from: -1, to: 20_000 });
  if (span !== undefined) positions.advance(span, 20_000);
  expect(positions.spans([state('trail-late', 3)])).toMatchObject([{ from: -1, to: 3 }]);
});

test('every number is read once, however shards grow and pages are cut', () => {
  const steps = fc.array(fc.tuple(fc.nat(2), fc.nat(5), fc.integer({ min: 1, max: 4 })), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (all) => {
      const positions = new ShardPositions();
      positions.spans([]);
      const written = [-1, -1, -1];
      const read: number[][] = [[], [], []];
      const look = (page: number): void => {
        const states = written.map((number, shard) => state('business-2026.11.22', number, String(shard)));
        for (const span of positions.spans(states)) {
          const to = Math.min(span.to, span.from + page);
          for (let number = span.from + 1; number <= to; number += 1) read[Number(span.shard)]?.push(number);
          positions.advance(span, to);
        }
      };
      for (const [shard, more, page] of all) {
        written[shard] = (written[shard] ?? -1) + more;
        look(page);
      }
      look(1_000);
      expect(read).toEqual(written.map((last) => Array.from({ length: last + 1 }, (_, number) => number)));
    }),
  );
});

test('an index is stuck when a shard has open writes that were no further at the last look', () => {
  const positions = new ShardPositions();
  const look = (...states: ShardState[]) => positions.stuck(states);
  expect(look(state('a', 10, '0', 12), state('a', 5, '1'), state('b', 7))).toEqual([]);
  // The first has moved on, the second has begun to wait.
  expect(look(state('a', 11, '0', 12), state('a', 5, '1', 6), state('b', 7))).toEqual([]);
  expect(look(state('a', 11, '0', 14), state('a', 5, '1', 6), state('b', 7))).toEqual(['a']);
  expect(look(state('a', 14, '0'), state('a', 6, '1'), state('b', 7))).toEqual([]);
});
