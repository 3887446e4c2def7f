/** Opens the index of a local stack for reading: its own file, or an OpenSearch that is made ready first. */
import type { Client } from '@opensearch-project/opensearch';
import { applyIndexSetup, connectOpenSearch } from '@trailgate/collectors/setup';
import type { OpenSearchAddress } from './opensearch-address.ts';
import { OpenSearchFeed } from './opensearch-feed.ts';
import { SqliteIndex } from './sqlite-index.ts';
import { SqliteSearch } from './sqlite-search.ts';
import type { StackIndex } from './stack-index.ts';

/** Milliseconds between two portions that are made ready to be found: a thousand documents a second, which is more than arrive. */
const FOLLOW_MS = 100;

/** The OpenSearch is not as the stack needs it, and somebody has to decide about that. */
export class OpenSearchSchemaError extends Error {
  override readonly name = 'OpenSearchSchemaError';
  readonly code = 'OPENSEARCH_SCHEMA';
}

/** Throws IndexFileError. */
export function openFileIndex(path: string): StackIndex {
  const index = new SqliteIndex(path);
  const search = new SqliteSearch(index);
  let following: NodeJS.Timeout | undefined;
  const stackIndex: StackIndex = {
    after: (cursor, limit) => index.after(cursor, limit),
    all: async () => [...index.all()],
    search: (query) => search.search(query),
    get: (name, id) => search.get(name, id),
    searchable: () => {
      following ??= setInterval(() => search.follow(), FOLLOW_MS).unref();
      return stackIndex;
    },
    close: async () => {
      clearInterval(following);
      search.close();
      index.close();
    },
  };
  return stackIndex;
}

/**
 * Puts the templates there when there are none, and leaves those of this release as they are: a deployment may have chosen
 * its own numbers of shards and copies. Throws an error with a `code` and a sentence when there is no OpenSearch, or one of another release.
 */
export async function openOpenSearchIndex(address: OpenSearchAddress): Promise<StackIndex> {
  const client = connectOpenSearch(address);
  try {
    const { installed, version } = await applyIndexSetup(client, { dryRun: true });
    if (installed === undefined) await setUp(client);
    else if (installed !== version) {
      throw new OpenSearchSchemaError(
        `schema: expected version ${version}, got ${installed}: "trailgate index apply" brings it up to date`,
      );
    }
    return new OpenSearchFeed(client);
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function setUp(client: Client): Promise<void> {
  const { steps } = await applyIndexSetup(client, { preset: 'single' });
  const failed = steps.find(({ status }) => status === 'failed');
  if (failed === undefined) return;
  throw new OpenSearchSchemaError(`${failed.subject} ${failed.name}: ${failed.detail ?? 'refused'}`);
}
