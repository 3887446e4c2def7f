import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../collectors/src/setup/index.ts';
import { bulkOf } from '../../collectors/src/testing/bulk-of.ts';
import { OpenSearchFeed } from '../../infra/local/index/opensearch-feed.ts';
import type { StoredDocument } from '../../infra/local/index/stack-index.ts';
import { EngineDesk } from './engine-desk.ts';
import { openSearchUrl } from './opensearch-url.ts';

const own = `business-feed-${process.pid}`;
let url: string;
let desk: EngineDesk;
let index: OpenSearchIndex;
beforeAll(async () => {
  url = await openSearchUrl();
  desk = new EngineDesk(url);
  const client = connectOpenSearch({ url });
  await applyIndexSetup(client, { preset: 'single' });
  await client.close();
  index = createOpenSearchIndex({ url }, { clock: Date.now });
});
afterAll(async () => {
  index?.close();
  await desk?.remove(`${own}*`);
});

async function write(name: string, from: number, count: number): Promise<void> {
  const documents = Array.from({ length: count }, (_, n) => ({
    index: own + name,
    id: `n${from + n}`,
    source: JSON.stringify({ '@timestamp': '2026-11-22T10:00:00.000Z', message: `${from + n}` }),
  }));
  await index.bulk(bulkOf(...documents));
}

/** Reads as the console does until `count` documents of this file are there, and a moment longer. */
async function readUntil(feed: OpenSearchFeed, count: number): Promise<readonly StoredDocument[]> {
  const read: StoredDocument[] = [];
  let cursor = 0;
  for (let tries = 0; tries < 100; tries += 1) {
    const page = feed.after(cursor, 500);
    cursor = page.at(-1)?.cursor ?? cursor;
    read.push(...page.filter((document) => document.index.startsWith(own)));
    if (page.length === 0 && read.length >= count) {
      await sleep(600);
      return [...read, ...feed.after(cursor, 500).filter((document) => document.index.startsWith(own))];
    }
    if (page.length < 500) await sleep(100);
  }
  return read;
}

test('every document comes once, with several writers, shards, replays and refusals, and each shard in order', async () => {
  await desk.put(`/${own}-wide`, { settings: { number_of_shards: 3 } });
  await write('-day', 0, 50);
  const feed = new OpenSearchFeed(connectOpenSearch({ url }));
  try {
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let round = 0; round < 5; round += 1) {
          const from = 1_000 * writer + 100 * round;
          await write(writer % 2 === 0 ? '-day' : '-wide', from, 60);
          // Again, half of them new.
          await write(writer % 2 === 0 ? '-day' : '-wide', from + 30, 60);
          const fields = { index: `${own}-day`, id: `bad${from}`, source: '{"fields":{"a":"' };
          await index.bulk(bulkOf({ ...fields, source: `${fields.source}${'x'.repeat(40_000)}"}}` }));
        }
      }),
    );
    // Writer 0 begins over the fifty that were there.
    const expected = 8 * 5 * 90;
    const read = await readUntil(feed, expected);
    expect(new Set(read.map(({ index: name, id }) => `${name}/${id}`)).size).toBe(read.length);
    expect(read).toHaveLength(expected);
    const cursors = read.map(({ cursor }) => cursor);
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
    const all = (await feed.all()).filter((document) => document.index.startsWith(own));
    expect(all.map(({ id }) => id).sort()).toEqual(read.map(({ id }) => id).sort());
  } finally {
    await feed.close();
  }
});

test('an engine that is away is said to readers, once they have read what was known', async () => {
  const feed = new OpenSearchFeed(connectOpenSearch({ url: 'http://127.0.0.1:1' }));
  try {
    await expect
      .poll(() => {
        try {
          return feed.after(0, 1);
        } catch (error) {
          return (error as Error).message;
        }
      })
      .toMatch(/^OpenSearch GET .*_stats/);
  } finally {
    await feed.close();
  }
});
