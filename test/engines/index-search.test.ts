import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createOpenSearchIndex } from '../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../collectors/src/setup/index.ts';
import { bulkOf } from '../../collectors/src/testing/bulk-of.ts';
import type { IndexQuery } from '../../infra/local/index/index-search.ts';
import { readOpenSearch, searchOpenSearch } from '../../infra/local/index/opensearch-search.ts';
import { indexSearchContract } from '../contracts/index-search-contract.ts';
import { EngineDesk } from './engine-desk.ts';
import { openSearchUrl } from './opensearch-url.ts';

indexSearchContract('OpenSearch', { runs: 60 }, async () => {
  const url = await openSearchUrl();
  const desk = new EngineDesk(url);
  const client = connectOpenSearch({ url });
  await applyIndexSetup(client, { preset: 'single' });
  const writer = createOpenSearchIndex({ url }, { clock: Date.now });
  return {
    index: {
      // The machine of a test may be at its limit; what is said then is another test's matter.
      search: (query) => searchOpenSearch(client, query, 60_000),
      get: (index, id) => readOpenSearch(client, index, id),
    },
    put: async (documents) => {
      const outcomes = await writer.bulk(bulkOf(...documents));
      expect(outcomes.filter(({ status }) => status !== 'created')).toEqual([]);
      await desk.post('/business-*,trail-*/_refresh');
    },
    close: async () => {
      writer.close();
      await client.close();
      await desk.remove(`business-search-${process.pid}`);
      await desk.remove(`trail-search-${process.pid}`);
    },
  };
});

const ANY: IndexQuery = { channel: 'all', words: 'a', equals: [], anyOf: [], order: 'newest', limit: 1 };
let stub: Server | undefined;
afterEach(() => {
  stub?.closeAllConnections();
  stub?.close();
});

async function answering(answer: (url: string) => string | undefined): Promise<string> {
  stub = createServer((request, response) => {
    const body = answer(request.url ?? '');
    if (body !== undefined) response.setHeader('content-type', 'application/json').end(body);
  });
  await new Promise<void>((resolve) => stub?.listen(0, '127.0.0.1', resolve));
  const address = stub.address();
  if (address === null || typeof address === 'string') throw new TypeError('stub: expected a port');
  return `http://127.0.0.1:${address.port}`;
}

test.each([
  ['is not there', async () => 'http://127.0.0.1:1', /^OpenSearch POST .*_search: ConnectionError/],
  ['never answers', () => answering(() => undefined), /^OpenSearch took too long to search/],
  [
    'gives up',
    () => answering(() => JSON.stringify({ timed_out: true, hits: { total: {}, hits: [] } })),
    /^OpenSearch took too long to search/,
  ],
])('an OpenSearch that %s is an error in a sentence', async (_, start, message) => {
  const client = connectOpenSearch({ url: await start() });
  try {
    await expect(searchOpenSearch(client, ANY)).rejects.toMatchObject({
      code: 'OPENSEARCH_READ',
      message: expect.stringMatching(message),
    });
  } finally {
    await client.close();
  }
});
