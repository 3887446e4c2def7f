/** Follows the documents of an OpenSearch as they become visible, for readers that ask for what is new. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import type { FoundDocument, IndexQuery, IndexResult } from './index-search.ts';
import { documentsOf, flush, type ReadDocument, refresh, shardStates } from './opensearch-reading.ts';
import { readOpenSearch, searchOpenSearch } from './opensearch-search.ts';
import { ShardPositions, type ShardSpan } from './shard-positions.ts';
import type { StackIndex, StoredDocument } from './stack-index.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 250;
const PAGE = 1_000;
/** Documents kept for readers, some 20 MB; one that is further behind misses what went. */
const KEPT = 20_000;

export class OpenSearchFeed implements StackIndex {
  readonly #client: Client;
  readonly #positions = new ShardPositions();
  #documents: StoredDocument[] = [];
  #cursor = 0;
  #trouble: Error | undefined;
  #ended = false;
  readonly #following: Promise<void>;

  /** Takes the client over, and follows until `close`. */
  constructor(client: Client) {
    this.#client = client;
    this.#following = this.#follow();
  }

  /** Throws what kept the last look from being made, once all that had been read before is handed out. */
  after(cursor: number, limit: number): readonly StoredDocument[] {
    const first = this.#documents[0]?.cursor ?? 1;
    const skip = Math.max(0, cursor + 1 - first);
    const found = this.#documents.slice(skip, skip + limit);
    if (found.length === 0 && this.#trouble !== undefined) throw this.#trouble;
    return found;
  }

  async all(): Promise<readonly StoredDocument[]> {
    let states = await shardStates(this.#client);
    const behind = states.filter(({ written, given }) => written < given);
    if (behind.length > 0) {
      await flush(this.#client, [...new Set(behind.map(({ index }) => index))]);
      states = await shardStates(this.#client);
    }
    if (states.length > 0) await refresh(this.#client, [...new Set(states.map(({ index }) => index))]);
    const all: StoredDocument[] = [];
    for (const { index, shard, written } of states) {
      const take = (page: readonly ReadDocument[]): void => {
        for (const { sequence: _, ...document } of page) all.push({ cursor: all.length + 1, ...document });
      };
      await this.#readSpan({ index, shard, from: -1, to: written }, take);
    }
    return all;
  }

  search(query: IndexQuery): Promise<IndexResult> {
    return searchOpenSearch(this.#client, query);
  }

  get(index: string, id: string): Promise<FoundDocument | undefined> {
    return readOpenSearch(this.#client, index, id);
  }

  searchable(): this {
    return this;
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#following;
    await this.#client.close();
  }

  async #follow(): Promise<void> {
    while (!this.#ended) {
      try {
        await this.#look();
        this.#trouble = undefined;
      } catch (error) {
        this.#trouble = error as Error;
      }
      await sleep(LOOK_MS);
    }
  }

  async #look(): Promise<void> {
    const states = await shardStates(this.#client);
    const stuck = this.#positions.stuck(states);
    if (stuck.length > 0) await flush(this.#client, stuck);
    const spans = this.#positions.spans(states);
    if (spans.length === 0) return;
    await refresh(this.#client, [...new Set(spans.map(({ index }) => index))]);
    for (const span of spans) {
      await this.#readSpan(span, (page, to) => {
        this.#take(page);
        this.#positions.advance(span, to);
      });
    }
  }

  /** `take` gets each page and the number up to which all has been read with it. */
  async #readSpan(span: ShardSpan, take: (page: readonly ReadDocument[], to: number) => void): Promise<void> {
    let from = span.from;
    while (from < span.to && !this.#ended) {
      const page = await documentsOf(this.#client, { ...span, from }, PAGE);
      // Numbers without a document are writes that came to nothing.
      from = page.length < PAGE ? span.to : (page.at(-1)?.sequence ?? span.to);
      take(page, from);
    }
  }

  #take(page: readonly ReadDocument[]): void {
    for (const { index, id, source } of page) {
      this.#documents.push({ cursor: ++this.#cursor, index, id, source });
    }
    if (this.#documents.length > KEPT) this.#documents = this.#documents.slice(-KEPT);
  }
}
