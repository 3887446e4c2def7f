/**
 * Searches what the embedded index holds. The search table belongs to the process that reads: it is filled from the index file,
 * behind the writers' backs.
 *
 * Measured with 20,000 records of 1 KB in bulks of 200: a document is written in 40 to 50 µs, and in 190 to 220 µs where a
 * trigger keeps an FTS5 table of its text in the same file, in a transaction that keeps the other writers waiting. Read from
 * behind the last cursor instead, it costs the reader 80 to 160 µs, in small portions, and the writers nothing.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { isObject, timeAt } from '../console/live/document-field.ts';
import { FIRST_NUMBER, FIRST_TIMED, firstOf, LAST_NUMBER, lastOf, SLOTS, timeless } from './event-order.ts';
import { IndexQueryError } from './index-query-error.ts';
import { type FoundDocument, type IndexQuery, type IndexResult, MAX_TOTAL } from './index-search.ts';
import { searchedValues } from './searched-values.ts';
import { COLUMNS, columnsOf, matchOf } from './sqlite-match.ts';
import type { StoredDocument } from './stack-index.ts';

/** Where the documents are. */
export interface DocumentFile {
  after(cursor: number, limit: number): readonly StoredDocument[];
  get(index: string, id: string): StoredDocument | undefined;
  count(): number;
}

/** The search has not read all documents yet. */
export class SearchBehindError extends Error {
  override readonly name = 'SearchBehindError';
  readonly code = 'SEARCH_BEHIND';
}

/** Documents taken at once, some 10 to 20 ms: the process has other work. */
const TAKE = 100;
/** Milliseconds that a search waits until all documents have been taken. */
const PATIENCE_MS = 5_000;

const EMPTY: IndexResult = { documents: [], total: 0, exact: true, next: null };

export class SqliteSearch {
  readonly #file: DocumentFile;
  /** Without a name: SQLite keeps it in memory, and what is too much for that in a file that ends with the process. */
  readonly #database = new DatabaseSync('');
  readonly #addPlace: StatementSync;
  readonly #addEntry: StatementSync;
  readonly #lastPlace: StatementSync;
  #cursor = 0;
  #taken = 0;

  constructor(file: DocumentFile) {
    this.#file = file;
    this.#database.exec(`
      PRAGMA journal_mode = MEMORY;
      PRAGMA synchronous = OFF;
      CREATE TABLE places (place INTEGER PRIMARY KEY, cursor INTEGER NOT NULL) STRICT;
      CREATE VIRTUAL TABLE entries USING fts5(
        ${COLUMNS.join(', ')}, content = '', columnsize = 0, tokenize = "ascii tokenchars '_'"
      );`);
    this.#addPlace = this.#database.prepare('INSERT INTO places (place, cursor) VALUES (?, ?)');
    this.#addEntry = this.#database.prepare(
      `INSERT INTO entries (rowid, ${COLUMNS.join(', ')}) VALUES (?${', ?'.repeat(COLUMNS.length)})`,
    );
    this.#lastPlace = this.#database.prepare(
      'SELECT max(place) AS last FROM places WHERE place BETWEEN ? AND ?',
    );
    this.#lastPlace.setReadBigInts(true);
  }

  /** Takes documents that have arrived; returns whether there may be more. */
  take(): boolean {
    const documents = this.#file.after(this.#cursor, TAKE);
    const last = documents.at(-1);
    if (last === undefined) return false;
    this.#database.exec('BEGIN');
    try {
      // In their order: FTS5 writes out what it holds whenever a number is smaller than the one before.
      const entries = documents.flatMap((document) => this.#entry(document));
      entries.sort((a, b) => (a.place < b.place ? -1 : 1));
      for (const { place, columns } of entries) this.#addEntry.run(place, ...columns);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    this.#cursor = last.cursor;
    this.#taken += documents.length;
    return documents.length === TAKE;
  }

  /** The same on a timer's behalf. */
  follow(): void {
    try {
      this.take();
    } catch {
      // The next search begins at the same document, and says what is wrong with it.
    }
  }

  /** Throws `IndexQueryError`, or {@link SearchBehindError}. */
  async search(query: IndexQuery): Promise<IndexResult> {
    const match = matchOf(query);
    const span = spanOf(query);
    const page = pageSpan(span, query);
    if (match === undefined || span.from > span.to) return EMPTY;
    await this.#catchUp();
    const places = this.#places(match, page, query.order, query.limit + 1);
    const documents = places.slice(0, query.limit).flatMap(({ cursor }) => this.#file.after(cursor - 1, 1));
    const last = places[query.limit - 1];
    const total = this.#total(match, span);
    return {
      documents: documents.map(({ index, id, source }) => ({ index, id, source })),
      total: Math.min(total, MAX_TOTAL),
      exact: total <= MAX_TOTAL,
      next: places.length > query.limit && last !== undefined ? String(last.place) : null,
    };
  }

  async get(index: string, id: string): Promise<FoundDocument | undefined> {
    const found = channelOf(index) === undefined ? undefined : this.#file.get(index, id);
    return found === undefined ? undefined : { index: found.index, id: found.id, source: found.source };
  }

  close(): void {
    this.#database.close();
  }

  async #catchUp(): Promise<void> {
    const begun = performance.now();
    while (this.take()) {
      if (performance.now() - begun > PATIENCE_MS) {
        throw new SearchBehindError(
          `The search has read ${this.#taken} of ${this.#file.count()} documents; ask again in a moment.`,
        );
      }
      await turn();
    }
  }

  #entry({ cursor, index, source }: StoredDocument): readonly Entry[] {
    const channel = channelOf(index);
    const document = channel === undefined ? undefined : parsed(source);
    if (channel === undefined || document === undefined) return [];
    const place = this.#placeFor(timeAt(document, '@timestamp'), cursor);
    this.#addPlace.run(place, cursor);
    return [{ place, columns: columnsOf(channel, searchedValues(document)) }];
  }

  #placeFor(at: number | null, cursor: number): bigint {
    if (at === null) return timeless(cursor);
    for (let first = firstOf(at); ; first += SLOTS) {
      const row = this.#lastPlace.get(first, first + SLOTS - 1n);
      const last = typeof row?.last === 'bigint' ? row.last : first - 1n;
      if (last < first + SLOTS - 1n) return last + 1n;
    }
  }

  #places(match: string, { from, to }: Span, order: IndexQuery['order'], limit: number): readonly Place[] {
    const found = this.#database.prepare(
      `SELECT place, cursor FROM entries JOIN places ON place = entries.rowid
       WHERE entries MATCH ? AND entries.rowid BETWEEN ? AND ?
       ORDER BY entries.rowid ${order === 'newest' ? 'DESC' : 'ASC'} LIMIT ?`,
    );
    found.setReadBigInts(true);
    return found
      .all(match, from, to, limit)
      .map((row) => ({ place: row.place as bigint, cursor: Number(row.cursor) }));
  }

  #total(match: string, { from, to }: Span): number {
    const row = this.#database
      .prepare(
        `SELECT count(*) AS n FROM
           (SELECT rowid FROM entries WHERE entries MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)`,
      )
      .get(match, from, to, MAX_TOTAL + 1);
    return Number(row?.n);
  }
}

interface Entry {
  readonly place: bigint;
  readonly columns: readonly string[];
}

interface Place {
  readonly place: bigint;
  readonly cursor: number;
}

interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

function parsed(source: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : undefined;
  } catch {
    // The index takes JSON objects only: whoever put this into its file is not searched for.
    return undefined;
  }
}

/** The indices that are searched: those of the two channels. */
function channelOf(index: string): 'business' | 'trail' | undefined {
  if (index.startsWith('trail-')) return 'trail';
  return index.startsWith('business-') ? 'business' : undefined;
}

/** Documents without a time are in no span of time. */
function spanOf({ since, until }: IndexQuery): Span {
  const from =
    since === undefined ? (until === undefined ? FIRST_NUMBER : FIRST_TIMED) : firstOf(Math.ceil(since));
  return { from, to: until === undefined ? LAST_NUMBER : lastOf(until) };
}

/** What is behind the page before. */
function pageSpan({ from, to }: Span, { page, order }: IndexQuery): Span {
  if (page === undefined) return { from, to };
  if (!/^-?[0-9]{1,19}$/.test(page)) throw new IndexQueryError('page: expected what an answer gave as next');
  const place = BigInt(page);
  if (place < FIRST_NUMBER || place > LAST_NUMBER) {
    throw new IndexQueryError('page: expected what an answer gave as next');
  }
  return order === 'newest'
    ? { from, to: place - 1n < to ? place - 1n : to }
    : { from: place + 1n > from ? place + 1n : from, to };
}
