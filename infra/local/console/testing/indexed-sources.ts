/** Sources whose documents are in a real index of the embedded kind, for tests of what is searched. */
import { plainBulk } from '../../../findings/plain-bulk.ts';
import { SqliteIndex } from '../../index/sqlite-index.ts';
import { SqliteSearch } from '../../index/sqlite-search.ts';
import type { ApiRequest } from '../api/api-route.ts';
import { FedSources } from './fed-sources.ts';

type Documents = Readonly<Record<string, object | string>>;

export class IndexedSources extends FedSources {
  readonly #file = new SqliteIndex(':memory:');
  override readonly index = new SqliteSearch(this.#file);

  /** By id; a text is taken as it is. */
  async put(index: string, documents: Documents): Promise<void> {
    const all = Object.entries(documents).map(([id, fields]) => ({
      index,
      id,
      source: typeof fields === 'string' ? fields : JSON.stringify(fields),
    }));
    await this.#file.bulk(plainBulk(all));
  }

  close(): void {
    this.index.close();
    this.#file.close();
  }
}

export function asked(query: string | Readonly<Record<string, string>>, now = 0): ApiRequest {
  return { query: new URLSearchParams(query), body: {}, now };
}
