import { expect, test } from 'vitest';
import { legibleCopy } from './legible-copy.ts';

test('every text of the copy is legible and bounded, at any depth, and the rest stays', () => {
  const given = { at: 7, up: null, list: [{ what: 'a\u202eb' }], long: 'x'.repeat(1_000) };
  const copy = legibleCopy(given);
  expect(copy).toMatchObject({ at: 7, up: null, list: [{ what: 'a\ufffdb' }] });
  expect(copy.long).toHaveLength(240);
  expect(given.list[0]?.what).toBe('a\u202eb');
});
