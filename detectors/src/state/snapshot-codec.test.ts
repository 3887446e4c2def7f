import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SnapshotUnreadableError } from '../errors.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';

test('maps in maps come back as they were, in their order, whatever their keys are', () => {
  const table = fc.array(fc.tuple(fc.string(), fc.integer()));
  const awkward = fc.constantFrom('__proto__', '$map', 'toString', 'plain');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(fc.string(), awkward), table)), (entries) => {
      const state = { last: '1', tables: new Map(entries.map(([key, rows]) => [key, new Map(rows)])) };
      const back = decodeSnapshot(encodeSnapshot(state));
      expect(back).toEqual(state);
      expect(encodeSnapshot(back)).toBe(encodeSnapshot(state));
    }),
  );
});

test.each(['', '{', '[]', 'null', '{"v":99,"state":{}}', '{"v":1}'])('%s is unreadable', (text) => {
  expect(() => decodeSnapshot(text)).toThrow(SnapshotUnreadableError);
});
