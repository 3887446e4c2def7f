import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../collectors/src/opensearch/index.ts';
import { BulkTooLargeError } from '../../collectors/src/ports.ts';
import { applyIndexSetup, connectOpenSearch } from '../../collectors/src/setup/index.ts';
import { bulkOf, type PlainDocument } from '../../collectors/src/testing/bulk-of.ts';
import { indexContract } from '../contracts/index-contract.ts';
import { EngineDesk } from './engine-desk.ts';
import { openSearchUrl } from './opensearch-url.ts';

async function prepared(): Promise<EngineDesk> {
  const url = await openSearchUrl();
  const client = connectOpenSearch({ url });
  await applyIndexSetup(client, { preset: 'single' });
  await client.close();
  return new EngineDesk(url);
}

for (const compress of [false, true]) {
  indexContract(`OpenSearch${compress ? ', compressed' : ''}`, 'schema', async () => {
    const desk = await prepared();
    const index = createOpenSearchIndex({ url: desk.url, compress }, { clock: Date.now });
    return {
      index,
      read: (name) => desk.sources(name),
      close: async () => {
        index.close();
        await desk.remove('trail-contract-*');
      },
    };
  });
}

describe('OpenSearch with the templates', () => {
  const own = `trail-own-${process.pid}`;
  let desk: EngineDesk;
  let index: OpenSearchIndex;
  beforeAll(async () => {
    desk = await prepared();
    index = createOpenSearchIndex({ url: desk.url, timeoutMs: 4_000 }, { clock: Date.now });
  });
  afterAll(async () => {
    index?.close();
    await desk?.remove(`${own}*`);
  });

  const document = (name: string, id: string, fields: object = {}): PlainDocument => ({
    index: `${own}${name}`,
    id,
    source: JSON.stringify({ '@timestamp': '2026-11-22T10:00:00.000Z', ...fields }),
  });
  const statuses = async (...documents: readonly PlainDocument[]): Promise<readonly string[]> =>
    (await index.bulk(bulkOf(...documents))).map(({ status }) => status);

  test('a keyword too long to search is kept', async () => {
    const tenant = 'x'.repeat(40_000);
    expect(await statuses(document('', 'long', { tenant }))).toEqual(['created']);
    expect((await desk.sources(own)).get('long')).toContain(tenant);
  });

  test('an address that is none costs nothing but its search', async () => {
    expect(await statuses(document('', 'ip', { source: { ip: 'unknown, 10.0.0.1' } }))).toEqual(['created']);
  });

  test('ten thousand keys of users, of any type, leave the mapping as it was', async () => {
    expect(await statuses(document('-keys', 'first'))).toEqual(['created']);
    const before = await desk.get(`/${own}-keys/_mapping`);
    const values = [1, 'text', true, null, [1, 'a', {}], { deep: { er: 1 } }, 1.5, [[2]]];
    for (let round = 0; round < 10; round += 1) {
      const documents = Array.from({ length: 100 }, (_, n) => {
        const fields: Record<string, unknown> = { same: values[n % values.length] };
        for (let key = 0; key < 10; key += 1) fields[`k${round}_${n}_${key}`] = values[key % values.length];
        return document('-keys', `${round}-${n}`, { fields });
      });
      expect(new Set(await statuses(...documents))).toEqual(new Set(['created']));
    }
    expect(await desk.get(`/${own}-keys/_mapping`)).toEqual(before);
  });

  test('a body over the limit of the engine is too large, and its halves pass', async ({ skip }) => {
    const limit = await desk.maxContentLength();
    if (limit > 20_000_000) skip(`the engine takes ${limit} bytes`);
    const message = 'x'.repeat(1_000_000);
    const documents = Array.from({ length: Math.ceil(limit / 1_000_000) }, (_, n) =>
      document('-large', `l${n}`, { message }),
    );
    await expect(index.bulk(bulkOf(...documents))).rejects.toBeInstanceOf(BulkTooLargeError);
    const half = documents.length >> 1;
    expect(new Set(await statuses(...documents.slice(0, half)))).toEqual(new Set(['created']));
    expect(new Set(await statuses(...documents.slice(half)))).toEqual(new Set(['created']));
  });

  test.each([
    ['closed', async (name: string) => desk.post(`/${name}/_close`), /index_closed_exception/],
    ['read-only', (name: string) => desk.block(name, 'write', true), /cluster_block_exception/],
    [
      'over its disk',
      (name: string) => desk.block(name, 'read_only_allow_delete', true),
      /cluster_block_exception/,
    ],
  ])('an index that is %s is tried again, and the others are written', async (state, spoil, reason) => {
    const name = `-${state.replaceAll(' ', '-')}`;
    expect(await statuses(document(name, 'early'))).toEqual(['created']);
    await spoil(own + name);
    const outcomes = await index.bulk(bulkOf(document(name, 'late'), document('', `beside${name}`)));
    expect(outcomes).toEqual([
      { status: 'retry', reason: expect.stringMatching(reason) },
      { status: 'created' },
    ]);
  });

  test('a red index is answered in time, and the others are written', async () => {
    await desk.put(`/${own}-red?wait_for_active_shards=0`, {
      settings: { 'index.routing.allocation.require._name': 'nowhere' },
    });
    const outcomes = await index.bulk(bulkOf(document('-red', 'a'), document('', 'beside-red')));
    expect(outcomes).toEqual([
      { status: 'retry', reason: '503 unavailable_shards_exception' },
      { status: 'created' },
    ]);
  });

  test('a cluster that may have no further shard or index is waited for', async () => {
    const settings = { 'cluster.max_shards_per_node': 1, 'action.auto_create_index': `-${own}-no*,*` };
    await desk.put('/_cluster/settings', { transient: settings });
    const outcomes = await index.bulk(bulkOf(document('-more', 'a'), document('-none', 'a')));
    const none = { 'cluster.max_shards_per_node': null, 'action.auto_create_index': null };
    await desk.put('/_cluster/settings', { transient: none });
    expect(outcomes).toEqual([
      { status: 'retry', reason: '400 validation_exception' },
      { status: 'retry', reason: '404 index_not_found_exception' },
    ]);
    expect(await statuses(document('-more', 'a'), document('-none', 'a'))).toEqual(['created', 'created']);
  });
});
