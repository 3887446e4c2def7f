/** How the console and the scenarios read what is indexed, wherever the documents are kept. */
import type { IndexSearch } from './index-search.ts';

export interface StoredDocument {
  /** Rises with each document in the order in which they became visible. */
  readonly cursor: number;
  readonly index: string;
  readonly id: string;
  /** One JSON object as text. */
  readonly source: string;
}

export interface StackIndex extends IndexSearch {
  /** At most `limit` documents behind `cursor`, oldest first; cursor 0 is before the first. */
  after(cursor: number, limit: number): readonly StoredDocument[];
  /** Every document, oldest first. */
  all(): Promise<readonly StoredDocument[]>;
  /** Itself. From now on documents are made ready to be found as they arrive, which the first search would otherwise wait for. */
  searchable(): IndexSearch;
  close(): Promise<void>;
}
