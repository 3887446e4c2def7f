/** What the console needs of a search, run against every engine that stands in for one. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  FieldValue,
  FoundDocument,
  IndexQuery,
  IndexSearch,
} from '../../infra/local/index/index-search.ts';
import { MemorySearch } from './index-search-memory.ts';
import { DOCUMENTS, fields, text, WORDS } from './index-search-samples.ts';

export interface SearchSubject {
  readonly index: IndexSearch;
  /** Resolves when they can be found. */
  put(documents: readonly FoundDocument[]): Promise<void>;
  close(): Promise<void>;
}

export interface SearchContractOptions {
  /** Texts that are compared with the plain reading; 0 for the plain reading itself. */
  readonly runs: number;
}

const AT = Date.parse('2026-11-22T10:00:00.000Z');
type Fields = Readonly<Record<string, unknown>>;

export function indexSearchContract(
  name: string,
  { runs }: SearchContractOptions,
  open: () => Promise<SearchSubject> | SearchSubject,
): void {
  describe(`search on ${name}`, () => {
    let subject: SearchSubject;
    let scopes = 0;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject?.close());

    /** Documents that no other test finds: a named engine may hold those of an earlier run. */
    function newScope() {
      const scope = `${Date.now()}-${++scopes}`;
      const own: FieldValue = { field: 'service.name', value: scope };
      const bare = (id: string): string => id.slice(scope.length + 1);
      const query = (more: Partial<IndexQuery>): IndexQuery => ({
        channel: 'all',
        words: '',
        anyOf: [],
        order: 'oldest',
        limit: 100,
        ...more,
        equals: [own, ...(more.equals ?? [])],
      });
      const document = (id: string, fields: Fields, channel = 'trail'): FoundDocument => ({
        index: `${channel}-search-${process.pid}`,
        id: `${scope}/${id}`,
        source: JSON.stringify({
          '@timestamp': new Date(AT).toISOString(),
          ...fields,
          service: { name: scope },
        }),
      });
      return {
        query,
        document,
        bare,
        /** By id; in the order of their ids, a millisecond apart. */
        put: (documents: Readonly<Record<string, Fields>>, channel?: string) =>
          subject.put(
            Object.entries(documents).map(([id, fields], n) =>
              document(id, { '@timestamp': new Date(AT + n).toISOString(), ...fields }, channel),
            ),
          ),
        ids: async (more: Partial<IndexQuery>): Promise<string> =>
          (await subject.index.search(query(more))).documents.map(({ id }) => bare(id)).join(' '),
      };
    }

    test('words are found wherever they stand, in any case', async () => {
      const { put, ids } = newScope();
      await put(DOCUMENTS);
      for (const [words, found] of WORDS) expect([words, await ids({ words })]).toEqual([words, found]);
    });

    test('a value is held to exactly, and one of several is enough where that is asked', async () => {
      const { put, ids } = newScope();
      await put({
        a: { tenant: 'acme', user: { id: 'Eve', roles: ['admin'] }, source: { ip: '203.0.113.7' } },
        b: { tenant: 'acme', user: { id: 'eve' }, 'source.ip': '2001:0DB8::0001' },
        c: { tenant: 'acme-2', user: { id: ['eve', 'bob'] }, http: { response: { status_code: 404 } } },
      });
      const eve: FieldValue = { field: 'user.id', value: 'eve' };
      const tenant: FieldValue = { field: 'tenant', value: 'acme' };
      expect(await ids({ equals: [tenant] })).toBe('a b');
      expect(await ids({ equals: [eve] })).toBe('b c');
      expect(await ids({ equals: [tenant, eve] })).toBe('b');
      expect(await ids({ anyOf: [tenant, { field: 'user.id', value: 'bob' }] })).toBe('a b c');
      expect(await ids({ equals: [tenant], anyOf: [{ field: 'user.id', value: 'bob' }] })).toBe('');
      expect(await ids({ equals: [{ field: 'source.ip', value: '203.0.113.7' }] })).toBe('a');
      expect(await ids({ equals: [{ field: 'source.ip', value: '2001:db8:0:0::1' }] })).toBe('b');
      expect(await ids({ equals: [{ field: 'source.ip', value: '203.0.113.0/24' }] })).toBe('');
      expect(await ids({ equals: [{ field: 'source.ip', value: 'somewhere' }] })).toBe('');
      expect(await ids({ anyOf: [{ field: 'source.ip', value: 'somewhere' }] })).toBe('');
      expect(await ids({ equals: [{ field: 'http.response.status_code', value: '404' }] })).toBe('c');
      expect(await ids({ equals: [{ field: 'http.response.status_code', value: 'x' }] })).toBe('');
      expect(await ids({ equals: [{ field: 'tenant', value: '' }] })).toBe('');
      expect(await ids({ equals: [{ field: 'tenant', value: 'x'.repeat(50_000) }] })).toBe('');
    });

    test('a channel is searched alone, or both', async () => {
      const { put, ids } = newScope();
      await put({ t: { message: 'same' } }, 'trail');
      await put({ b: { message: 'same' } }, 'business');
      expect(await ids({ channel: 'trail', words: 'same' })).toBe('t');
      expect(await ids({ channel: 'business' })).toBe('b');
      expect((await ids({ channel: 'all', words: 'same' })).split(' ').sort()).toEqual(['b', 't']);
    });

    test('times are both included, and a document without one comes before all others', async () => {
      const { put, ids } = newScope();
      await put({ a: {}, b: {}, c: {}, never: { '@timestamp': null } });
      expect(await ids({ since: AT + 1, until: AT + 1 })).toBe('b');
      expect(await ids({ since: AT + 1 })).toBe('b c');
      expect(await ids({ until: AT + 1 })).toBe('a b');
      expect(await ids({ since: AT + 2, until: AT })).toBe('');
      expect(await ids({})).toBe('never a b c');
      expect(await ids({ order: 'newest' })).toBe('c b a never');
      expect(await ids({ order: 'newest', limit: 2 })).toBe('c b');
    });

    test.each(['newest', 'oldest'] as const)(
      'pages, the %s first, hold each document once whatever arrives meanwhile',
      async (order) => {
        const { put, query, document, bare } = newScope();
        const times = Array.from({ length: 47 }, (_, n) => AT + ((n * 7) % 10));
        await subject.put(
          times.map((at, n) =>
            document(`d${n}`, { '@timestamp': new Date(at).toISOString(), message: 'page' }),
          ),
        );
        const sorted = times
          .map((at, n) => ({ at, id: `d${n}`, n }))
          .sort((a, b) => a.at - b.at || a.n - b.n)
          .map(({ id }) => id);
        const seen: string[] = [];
        let page: string | null = null;
        do {
          const answer = await subject.index.search(
            query({ words: 'page', order, limit: 10, ...(page === null ? {} : { page }) }),
          );
          expect(answer.exact).toBe(true);
          seen.push(...answer.documents.map(({ id }) => bare(id)));
          page = answer.next;
          // Arrives where the pages have already been.
          const at = new Date(order === 'newest' ? AT + 60_000 : AT - 60_000).toISOString();
          await put({ [`late${seen.length}`]: { '@timestamp': at, message: 'page' } });
        } while (page !== null);
        expect(seen).toEqual(order === 'newest' ? sorted.toReversed() : sorted);
      },
    );

    test('a page that no answer gave is refused', async () => {
      const { query } = newScope();
      for (const page of ['', 'x', '1e9', 'bnVsbA', '9'.repeat(40), "1' OR 1"]) {
        await expect(subject.index.search(query({ page }))).rejects.toMatchObject({ code: 'INDEX_QUERY' });
      }
    });

    test('a field that cannot be held to a value is refused, and named', async () => {
      const { query } = newScope();
      const search = subject.index.search(query({ equals: [{ field: 'message', value: 'x' }] }));
      await expect(search).rejects.toMatchObject({
        code: 'INDEX_QUERY',
        message: /^field: expected .*message$/,
      });
    });

    test('too many words are refused with what was expected and what came', async () => {
      const { query } = newScope();
      const texts: readonly (readonly [string, RegExp])[] = [
        ['a '.repeat(10_000), /at most 1000 characters, got 20000/],
        ['x'.repeat(201), /at most 200 characters in a word, got 201/],
        ['word '.repeat(9), /at most 8 words, got 9/],
        ['a-'.repeat(25), /at most 24 words between signs, got 25/],
        ['一二三四五六七八九十百千万億兆京垓', /at most 16 letters .* got 17/],
      ];
      for (const [words, message] of texts) {
        await expect(subject.index.search(query({ words }))).rejects.toMatchObject({
          code: 'INDEX_QUERY',
          message: expect.stringMatching(message),
        });
      }
    });

    test('as much as is taken is answered', async () => {
      const { put, ids } = newScope();
      await put({ a: { message: 'nothing of it' } });
      const most = [
        Array.from({ length: 8 }, () => 'x-y-z').join(' '),
        'a-'.repeat(24),
        `${'é'.repeat(200)} ${'9'.repeat(200)}`,
        '一二三四五六七八九十百千万億兆京',
        `${'ab-'.repeat(23)}${'é'.repeat(130)}`,
      ];
      for (const words of most) expect(await ids({ words })).toBe('');
    });

    test('one document is read by its index and id', async () => {
      const { put, document, query } = newScope();
      await put({ 'an id/with ?signs&': { message: 'here' } });
      const { index, id, source } = document('an id/with ?signs&', { message: 'here' });
      const found = await subject.index.get(index, id);
      expect(found).toMatchObject({ index, id });
      expect(JSON.parse(found?.source ?? '')).toEqual(JSON.parse(source));
      expect((await subject.index.search(query({}))).documents).toEqual([found]);
      for (const [otherIndex, otherId] of [
        [index, 'other'],
        [`${index}-other`, id],
        ['trail-*', id],
        ['_all', id],
        [`${index},trail-2`, id],
        ['.plugins', id],
        ['trail-../x', id],
        [index, ''],
      ] as const) {
        expect(await subject.index.get(otherIndex, otherId)).toBeUndefined();
      }
    });

    test('a count is exact up to ten thousand', async () => {
      const { query, document } = newScope();
      const many = (from: number, count: number): Promise<void> =>
        subject.put(Array.from({ length: count }, (_, n) => document(`n${from + n}`, { message: 'many' })));
      await many(0, 10_000);
      const search = () => subject.index.search(query({ words: 'many', limit: 1 }));
      expect(await search()).toMatchObject({ total: 10_000, exact: true });
      await many(10_000, 1);
      expect(await search()).toMatchObject({ total: 10_000, exact: false });
    });

    const compared = runs > 0 ? test : undefined;
    compared?.('whatever is logged and whatever is typed, found is what a plain reading finds', async () => {
      const { document, query } = newScope();
      const plain = new MemorySearch();
      const documents = fc
        .sample(fields, { numRuns: 150, seed: 7 })
        .map((one, n) => document(`d${n}`, one, n % 2 === 0 ? 'trail' : 'business'));
      for (const one of documents) plain.put(one);
      await subject.put(documents);
      const typed = fc.oneof(
        text,
        fc.constantFrom(...documents).chain(({ source }) => {
          const { message, user, fields: open } = JSON.parse(source) as Fields;
          const values = [message, (user as Fields).id, ...Object.values(open as Fields)].map(String);
          return fc.constantFrom(...values.flatMap((value) => [value, ...value.split(/\s/)]));
        }),
      );
      let found = 0;
      await fc.assert(
        fc.asyncProperty(typed, async (words) => {
          const asked = query({ words, limit: 200 });
          const ids = async (index: IndexSearch): Promise<readonly string[]> =>
            (await index.search(asked)).documents.map(({ id }) => id).sort();
          const engine = await ids(subject.index);
          expect(engine).toEqual(await ids(plain));
          found += engine.length;
        }),
        { numRuns: runs },
      );
      expect(found).toBeGreaterThan(runs);
    });

    test('a document is found by each of its words', async () => {
      const { document, ids, bare } = newScope();
      const documents = fc.sample(fields, { numRuns: 20, seed: 11 }).map((one, n) => document(`w${n}`, one));
      await subject.put(documents);
      for (const { id, source } of documents) {
        const { message, user } = JSON.parse(source) as { message: string; user: { id: string } };
        const words = `${message} ${user.id}`.match(/[0-9a-zéÉΣσ]+|[漢字]/giu) ?? [];
        for (const word of new Set(words))
          expect((await ids({ words: word })).split(' '), word).toContain(bare(id));
      }
    });
  });
}
