import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDocuments } from '../testing/memory-index.ts';
import { actionLine, BulkBody } from './bulk-body.ts';

const plain = fc.record({
  index: fc.stringMatching(/^(trail|business)-20\d\d\.[01]\d\.[0-3]\d$/),
  id: fc.stringMatching(/^[\w-]{1,87}$/),
  source: fc.dictionary(fc.string({ unit: 'binary' }), fc.json()).map((value) => JSON.stringify(value)),
});

function filled(documents: readonly { index: string; id: string; source: string }[]): BulkBody {
  const body = new BulkBody(16);
  for (const [line, { index, id, source }] of documents.entries())
    body.append(index, id, source, line >> 2, line);
  return body;
}

test('what is appended is read again, and the bytes are what _bulk takes', () => {
  fc.assert(
    fc.property(fc.array(plain), (documents) => {
      const body = filled(documents);
      expect(plainDocuments(body)).toEqual(documents);
      const lines = Buffer.from(body.bytes).toString().split('\n');
      expect(lines.pop()).toBe('');
      expect(lines).toEqual(
        documents.flatMap(({ index, id, source }) => [
          JSON.stringify({ create: { _index: index, _id: id } }),
          source,
        ]),
      );
    }),
  );
});

test('keeping, splitting and taking leave the chosen documents with their origins', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(plain, fc.boolean()), { minLength: 1 }), fc.nat(), (chosen, at) => {
      const documents = chosen.map(([document]) => document);
      const positions = chosen.flatMap(([, keep], position) => (keep ? [position] : []));
      const kept = filled(documents);
      kept.keep(positions);
      expect(plainDocuments(kept)).toEqual(positions.map((position) => documents[position]));
      expect(positions.map((_, position) => kept.origin(position))).toEqual(
        positions.map((position) => ({ record: position >> 2, line: position })),
      );

      const first = filled(documents);
      const second = first.splitOff(at % documents.length);
      expect([...plainDocuments(first), ...plainDocuments(second)]).toEqual(documents);
      expect(second.origin(0).line).toBe(at % documents.length);
    }),
  );
});

test('a document that is opened and given up leaves nothing, and one that is written in place stands', () => {
  const body = new BulkBody(8);
  body.open(actionLine('trail-2026.11.22', 'stream-17'), 1_000);
  const start = body.open(actionLine('trail-2026.11.22', 'stream-18'), 1_000);
  body.commit(start, start + body.memory().write('{"a":"ü"}', start), 4, 2);
  expect(plainDocuments(body)).toEqual([{ index: 'trail-2026.11.22', id: 'stream-18', source: '{"a":"ü"}' }]);
  expect(body.origin(0)).toEqual({ record: 4, line: 2 });
});

test('a position that is not there is refused', () => {
  expect(() => filled([]).source(0)).toThrow(RangeError);
});
