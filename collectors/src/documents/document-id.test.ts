import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentId, streamHash } from './document-id.ts';

test('an id is the stream hash and the event id', () => {
  expect(documentId(streamHash('1', 'g', 's'), '37'.repeat(28))).toMatch(/^[\w-]{22}-(37){28}$/);
});

test('what is split otherwise between group and stream is another stream', () => {
  expect(streamHash('1', 'a', 'bc')).not.toBe(streamHash('1', 'ab', 'c'));
});

test('any event id gives a file-safe id of at most 512 bytes, and different ones different ids', () => {
  const hash = streamHash('1', 'g', 's');
  const anyId = fc.string({ unit: 'binary', minLength: 1, maxLength: 700 });
  fc.assert(
    fc.property(anyId, anyId, (a, b) => {
      fc.pre(a.isWellFormed() && b.isWellFormed());
      expect(documentId(hash, a)).toMatch(/^[\w-]{1,512}$/);
      expect(documentId(hash, a) === documentId(hash, b)).toBe(a === b);
    }),
  );
});
