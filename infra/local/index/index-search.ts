/** How documents of an index are searched, wherever they are kept. */
import type { FieldName } from '@trailgate/collectors/schema';

export interface IndexQuery {
  readonly channel: 'business' | 'trail' | 'all';
  /**
   * Every word has to be somewhere in the document, in any case; the last one, from two characters on, may be the beginning of a
   * word. Empty: any document. A word with signs inside is found where its parts stand side by side in one name, or all
   * in its prose.
   */
  readonly words: string;
  /** All of them hold. */
  readonly equals: readonly FieldValue[];
  /** At least one of them holds; empty: nothing is asked. */
  readonly anyOf: readonly FieldValue[];
  /** Event times, epoch ms, both included. */
  readonly since?: number;
  readonly until?: number;
  /** By event time. */
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
  /** `next` of the answer before. */
  readonly page?: string;
}

export interface FieldValue {
  readonly field: FieldName;
  readonly value: string;
}

export interface FoundDocument {
  readonly index: string;
  readonly id: string;
  /** One JSON object as text. */
  readonly source: string;
}

/** Documents that a count goes up to. */
export const MAX_TOTAL = 10_000;

export interface IndexResult {
  readonly documents: readonly FoundDocument[];
  readonly total: number;
  /** False: there are at least `total`. */
  readonly exact: boolean;
  /** Null when this was the last page. */
  readonly next: string | null;
}

export interface IndexSearch {
  /** Throws `IndexQueryError` for words that are too many, a field that cannot be held to a value, a page that is none. */
  search(query: IndexQuery): Promise<IndexResult>;
  /** Undefined also for an index of neither channel. */
  get(index: string, id: string): Promise<FoundDocument | undefined>;
}
