/** What the collector needs of an index, run against every engine that stands in for one. */
import type { BulkOutcome, IndexPort } from '@trailgate/collectors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bulkOf, type PlainDocument } from '../../collectors/src/testing/bulk-of.ts';

export interface IndexSubject {
  readonly index: IndexPort;
  /** Source by id of all that is in one index; empty when there is no such index. */
  read(name: string): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

/** How far an engine looks into a source: not at all, for a JSON object, or for the types of the schema. */
export type IndexChecks = 'nothing' | 'object' | 'schema';

const PLANTED = 'hunter2';

function source(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ '@timestamp': '2026-11-22T10:00:00.000Z', ...fields });
}

export function indexContract(
  name: string,
  checks: IndexChecks,
  open: () => Promise<IndexSubject> | IndexSubject,
): void {
  describe(`index on ${name}`, () => {
    let subject: IndexSubject;
    let indices = 0;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject?.close());

    /** An index of its own for each use: a named engine may hold those of an earlier run. */
    const newIndex = (): string => `trail-contract-${process.pid}-${Date.now()}-${++indices}`;
    const send = (...documents: readonly PlainDocument[]): Promise<readonly BulkOutcome[]> =>
      subject.index.bulk(bulkOf(...documents));
    const statuses = async (...documents: readonly PlainDocument[]): Promise<readonly string[]> =>
      (await send(...documents)).map(({ status }) => status);
    const stored = async (index: string): Promise<ReadonlyMap<string, unknown>> =>
      new Map([...(await subject.read(index))].map(([id, text]) => [id, JSON.parse(text) as unknown]));

    test('an empty bulk has no outcomes', async () => {
      expect(await send()).toEqual([]);
    });

    test('a document is created once, and what is there stays', async () => {
      const index = newIndex();
      const first = { index, id: 'a', source: source({ message: 'first' }) };
      expect(await send(first)).toEqual([{ status: 'created' }]);
      expect(await send({ ...first, source: source({ message: 'second' }) })).toEqual([{ status: 'exists' }]);
      expect(await stored(index)).toEqual(new Map([['a', JSON.parse(first.source)]]));
    });

    test('an id that is twice in one bulk is created by the first', async () => {
      const index = newIndex();
      const twin = (message: string): PlainDocument => ({ index, id: 'twin', source: source({ message }) });
      expect(await statuses(twin('first'), twin('second'), twin('third'))).toEqual([
        'created',
        'exists',
        'exists',
      ]);
      expect(await stored(index)).toEqual(new Map([['twin', JSON.parse(twin('first').source)]]));
    });

    test('an id in two indices names two documents', async () => {
      const [one, other] = [newIndex(), newIndex()];
      const document = (index: string): PlainDocument => ({ index, id: 'same', source: source() });
      expect(await statuses(document(one), document(other))).toEqual(['created', 'created']);
      expect([...(await stored(one)).keys(), ...(await stored(other)).keys()]).toEqual(['same', 'same']);
    });

    test('outcomes stand in the order of the documents', async () => {
      const index = newIndex();
      const document = (n: number): PlainDocument => ({ index, id: `d${n}`, source: source() });
      const odd = Array.from({ length: 50 }, (_, n) => document(2 * n + 1));
      await send(...odd);
      const all = Array.from({ length: 100 }, (_, n) => document(n));
      expect(await statuses(...all)).toEqual(all.map((_, n) => (n % 2 === 1 ? 'exists' : 'created')));
    });

    test('text of any kind comes back as it was', async () => {
      const index = newIndex();
      const texts = [
        'üñí 漢字 🦦 עברית',
        'line\nbreak \r\n tab \t quote " backslash \\',
        'separators \u2028 \u2029 and \u0000 \u0007 \u007f',
        '{"create":{"_index":"trail-forged","_id":"x"}}\n{"forged":true}',
      ];
      const documents = texts.map((message, n) => ({ index, id: `t${n}`, source: source({ message }) }));
      // Half of a pair, as only an escape can write it.
      documents.push({ index, id: 'half', source: source({ message: '\ud83e alone' }) });
      expect(await statuses(...documents)).toEqual(documents.map(() => 'created'));
      const found = await subject.read(index);
      for (const { id, source: sent } of documents.slice(0, -1)) {
        expect(JSON.parse(found.get(id) ?? '')).toEqual(JSON.parse(sent));
      }
      expect([...found.keys()].sort()).toEqual(documents.map(({ id }) => id).sort());
      expect((await subject.read('trail-forged')).size).toBe(0);
    });

    test('documents of a megabyte pass', async () => {
      const index = newIndex();
      const documents = ['a', 'b', 'c'].map((id) => ({
        index,
        id,
        source: source({ message: id.repeat(1_000_000) }),
      }));
      expect(await statuses(...documents)).toEqual(['created', 'created', 'created']);
      const found = await subject.read(index);
      for (const { id, source: sent } of documents) expect(found.get(id)?.length).toBe(sent.length);
    });

    test('two thousand documents in one bulk are all there', async () => {
      const index = newIndex();
      const documents = Array.from({ length: 2_000 }, (_, n) => ({
        index,
        id: `n${n}`,
        source: source({ message: `number ${n}`, fields: { n, [`key${n % 7}`]: n % 2 === 0 ? n : 'text' } }),
      }));
      expect(new Set(await statuses(...documents))).toEqual(new Set(['created']));
      expect((await subject.read(index)).size).toBe(2_000);
    });

    test('any replay in any order leaves the same documents', async () => {
      const id = fc.stringMatching(/^[a-f]$/);
      const bulks = fc.array(fc.array(id, { maxLength: 12 }), { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(bulks, async (calls) => {
          const index = newIndex();
          const created: string[] = [];
          const first = new Map<string, number>();
          let serial = 0;
          for (const ids of calls) {
            const documents = ids.map((id) => ({ index, id, source: source({ message: `${serial++}` }) }));
            for (const [n, { status }] of (await send(...documents)).entries()) {
              expect(['created', 'exists']).toContain(status);
              const id = ids[n] ?? '';
              if (status === 'created') created.push(id);
              if (!first.has(id)) first.set(id, serial - ids.length + n);
            }
          }
          expect(created.toSorted()).toEqual([...new Set(calls.flat())].sort());
          const kept = [...(await stored(index))].map(([id, document]) => [
            id,
            (document as { message: string }).message,
          ]);
          expect(new Map(kept as [string, string][])).toEqual(
            new Map([...first].map(([id, n]) => [id, String(n)])),
          );
        }),
        { numRuns: 12 },
      );
    });

    /** Poison between two good documents is refused alone, for a reason that does not repeat what it holds. */
    async function refusedAlone(poison: Omit<PlainDocument, 'index'>): Promise<void> {
      const index = newIndex();
      const good = (id: string): PlainDocument => ({ index, id, source: source() });
      const outcomes = await send(good('before'), { index, ...poison }, good('after'));
      expect(outcomes).toEqual([
        { status: 'created' },
        { status: 'rejected', reason: expect.stringMatching(/^.{5,300}$/) },
        { status: 'created' },
      ]);
      expect(JSON.stringify(outcomes)).not.toContain(PLANTED);
      expect([...(await stored(index)).keys()].sort()).toEqual(['after', 'before']);
    }

    if (checks !== 'nothing')
      test.each([
        ['text', { id: 'p', source: `${PLANTED} is not JSON` }],
        ['an array', { id: 'p', source: `["${PLANTED}"]` }],
        ['null', { id: 'p', source: 'null' }],
        ['half an object', { id: 'p', source: `{"message":"${PLANTED}` }],
        ['an id of 513 bytes', { id: PLANTED.padEnd(513, 'x'), source: source() }],
      ])('%s is refused alone', async (_, poison) => {
        await refusedAlone(poison);
      });

    if (checks === 'schema')
      test.each([
        ['text for a number', { count: PLANTED }],
        ['a number out of range', { trailgate: { seq: 1e30 } }],
        ['text for a time', { '@timestamp': PLANTED }],
        ['text for an object', { event: PLANTED }],
        ['text for a flat object', { fields: PLANTED }],
        ['an unknown field', { [PLANTED.replace('2', '')]: 1, unknown: PLANTED }],
        ['an unknown field inside', { event: { unknown: PLANTED } }],
        [
          'nesting without end',
          { error: { cause: JSON.parse('{"a":'.repeat(1_500) + '1'.padEnd(1_501, '}')) } },
        ],
      ])('%s is refused alone', async (_, fields) => {
        await refusedAlone({ id: 'p', source: source(fields) });
      });
  });
}
