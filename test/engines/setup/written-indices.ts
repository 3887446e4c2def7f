/** Indices that a test fills and takes away again. */
import { expect } from 'vitest';
import type { OpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { bulkOf } from '../../../collectors/src/testing/bulk-of.ts';
import type { Call } from './run-monitor.ts';

export class WrittenIndices {
  readonly #made = new Set<string>();
  readonly #call: Call;
  readonly #index: OpenSearchIndex;

  constructor(call: Call, index: OpenSearchIndex) {
    this.#call = call;
    this.#index = index;
  }

  async write(name: string, ...sources: readonly object[]): Promise<void> {
    this.#made.add(name);
    const documents = sources.map((source, at) => ({
      index: name,
      id: `${at}`,
      source: JSON.stringify(source),
    }));
    for (let from = 0; from < documents.length; from += 1_000) {
      const statuses = await this.#index.bulk(bulkOf(...documents.slice(from, from + 1_000)));
      expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set(['created']));
    }
    await this.#call('POST', `/${name}/_refresh`);
  }

  async make(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      this.#made.add(name);
      await this.#call('PUT', `/${name}`);
    }
  }

  async clear(): Promise<void> {
    for (const name of this.#made) await this.#call('DELETE', `/${name}`).catch(() => undefined);
    this.#made.clear();
  }
}
