import { expect, test } from 'vitest';
import { plainBulk } from '../../findings/plain-bulk.ts';
import type { IndexQuery } from './index-search.ts';
import { SqliteIndex } from './sqlite-index.ts';
import { SqliteSearch } from './sqlite-search.ts';
import type { StoredDocument } from './stack-index.ts';

const query = (more: Partial<IndexQuery>): IndexQuery => ({
  channel: 'all',
  words: '',
  equals: [],
  anyOf: [],
  order: 'oldest',
  limit: 50,
  ...more,
});
const stored = (cursor: number, source: string, index = 'trail-x'): StoredDocument => ({
  cursor,
  index,
  id: `d${cursor}`,
  source,
});

function fileOf(documents: readonly StoredDocument[]) {
  return {
    after: (cursor: number, limit: number) => documents.filter((one) => one.cursor > cursor).slice(0, limit),
    get: () => undefined,
    count: () => documents.length,
  };
}

test('what another process writes is found by the next search', async () => {
  const file = new SqliteIndex(':memory:');
  const search = new SqliteSearch(file);
  const found = async (): Promise<number> => (await search.search(query({ words: 'hello' }))).total;
  expect(await found()).toBe(0);
  const documents = Array.from({ length: 250 }, (_, n) => ({
    index: 'trail-x',
    id: `d${n}`,
    source: '{"message":"hello"}',
  }));
  await file.bulk(plainBulk(documents));
  search.follow();
  expect(await found()).toBe(250);
  search.close();
  file.close();
});

test('documents of other indices, and what is no JSON object, are passed over', async () => {
  const search = new SqliteSearch(
    fileOf([
      stored(1, '{"message":"hello"}', 'other'),
      stored(2, 'hello'),
      stored(3, '["hello"]'),
      stored(4, '{"message":"hello"}'),
    ]),
  );
  expect((await search.search(query({ words: 'hello' }))).documents.map(({ id }) => id)).toEqual(['d4']);
  search.close();
});

test('clocks at the ends of time, and a millisecond with more documents than numbers, keep their order', async () => {
  const at = (time: string): string => JSON.stringify({ '@timestamp': time, message: 'x' });
  const crowd = Array.from({ length: 33_000 }, (_, n) =>
    stored(10 + n, '{"@timestamp":"+275760-09-13T00:00:00.000Z"}'),
  );
  const search = new SqliteSearch(
    fileOf([
      stored(1, at('+275760-09-13T00:00:00.000Z')),
      stored(2, at('-271821-04-20T00:00:00.000Z')),
      stored(3, at('yesterday')),
      stored(4, at('1970-01-01T00:00:00.000Z')),
      ...crowd,
    ]),
  );
  const ids = async (more: Partial<IndexQuery>): Promise<readonly string[]> =>
    (await search.search(query(more))).documents.map(({ id }) => id);
  expect(await ids({ words: 'x' })).toEqual(['d3', 'd2', 'd4', 'd1']);
  expect(await ids({ order: 'newest', limit: 3 })).toEqual(['d33009', 'd33008', 'd33007']);
  expect(await ids({ since: Date.parse('2027-01-01T00:00:00Z'), limit: 2 })).toEqual(['d1', 'd10']);
  expect(await ids({ words: 'x', until: Date.parse('2027-01-01T00:00:00Z') })).toEqual(['d2', 'd4']);
  search.close();
});

test('trouble with the file is said by the search, and gone with it', async () => {
  let away = true;
  const file = fileOf([stored(1, '{"message":"hello"}')]);
  const search = new SqliteSearch({
    ...file,
    after: (cursor, limit) => {
      if (away) throw new Error('disk I/O error');
      return file.after(cursor, limit);
    },
  });
  search.follow();
  await expect(search.search(query({}))).rejects.toThrow('disk I/O error');
  away = false;
  expect((await search.search(query({}))).total).toBe(1);
  search.close();
});
