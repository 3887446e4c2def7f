/** The index of the local stack: documents by index and id in one SQLite file, for collectors, detectors and the console. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BulkDocuments, BulkOutcome, IndexPort } from '@trailgate/collectors';
import type { FindingDocument, FindingPort } from '@trailgate/detectors';
import { IndexWriteError } from '../../findings/index-write-error.ts';
import { isBusy } from '../storage/sqlite-file.ts';
import { openIndexFile } from './index-file.ts';
import type { StoredDocument } from './stack-index.ts';

export interface SqliteIndexOptions {
  /** Milliseconds to wait for another process that writes; 2,000 when left out. */
  readonly busyTimeoutMs?: number;
}

/** OpenSearch refuses longer ones. */
const MAX_ID_BYTES = 512;
const PAGE = 1_000;
/** Sorts behind every index name that starts with the prefix. */
const LAST_CHARACTER = '\u{10FFFF}';

export class SqliteIndex implements IndexPort, FindingPort {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #text = new TextDecoder();

  /** Creates the file when there is none. Throws `IndexFileError` when that is not possible. */
  constructor(path: string, options: SqliteIndexOptions = {}) {
    this.#database = openIndexFile(path, options.busyTimeoutMs ?? 2_000);
    this.#insert = this.#database.prepare(
      'INSERT INTO documents (name, id, source) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
  }

  /** Creates documents, all in one transaction; outcome i is of document i. An id that is there stays as it is. */
  async bulk(documents: BulkDocuments): Promise<readonly BulkOutcome[]> {
    return this.#createAll(
      Array.from({ length: documents.count }, (_, position) => ({
        index: documents.index(position),
        id: documents.id(position),
        source: this.#text.decode(documents.source(position)),
      })),
    );
  }

  /** Creates findings; one that is there already is success. Throws {@link IndexWriteError} for the first that is not kept. */
  async put(findings: readonly FindingDocument[]): Promise<void> {
    const outcomes = this.#createAll(findings);
    for (const [at, outcome] of outcomes.entries()) {
      const finding = findings[at];
      if (finding !== undefined && (outcome.status === 'rejected' || outcome.status === 'retry')) {
        throw new IndexWriteError(finding.index, finding.id, outcome.reason);
      }
    }
  }

  /** At most `limit` documents behind `cursor`, oldest first; cursor 0 is before the first. */
  after(cursor: number, limit: number, indexPrefix = ''): StoredDocument[] {
    return this.#database
      .prepare(
        `SELECT cursor, name, id, source FROM documents
         WHERE cursor > ? AND substr(name, 1, length(?)) = ? ORDER BY cursor LIMIT ?`,
      )
      .all(cursor, indexPrefix, indexPrefix, limit)
      .map(toDocument);
  }

  count(indexPrefix = ''): number {
    const row = this.#database
      .prepare('SELECT count(*) AS n FROM documents WHERE name >= ? AND name < ?')
      .get(indexPrefix, indexPrefix + LAST_CHARACTER);
    return Number(row?.n);
  }

  get(index: string, id: string): StoredDocument | undefined {
    const row = this.#database
      .prepare('SELECT cursor, name, id, source FROM documents WHERE name = ? AND id = ?')
      .get(index, id);
    return row === undefined ? undefined : toDocument(row);
  }

  /** Every index with its number of documents, by name. */
  indices(): { readonly index: string; readonly count: number }[] {
    return this.#database
      .prepare('SELECT name, count(*) AS n FROM documents GROUP BY name ORDER BY name')
      .all()
      .map((row) => ({ index: String(row.name), count: Number(row.n) }));
  }

  /** Every document, oldest first; ones that are written meanwhile are included. */
  *all(indexPrefix = ''): Generator<StoredDocument> {
    for (let page = this.after(0, PAGE, indexPrefix); page.length > 0; ) {
      yield* page;
      page = this.after(page.at(-1)?.cursor ?? 0, PAGE, indexPrefix);
    }
  }

  close(): void {
    this.#database.close();
  }

  #createAll(documents: readonly FindingDocument[]): readonly BulkOutcome[] {
    if (documents.length === 0) return [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      return retryAll(documents, error);
    }
    try {
      const outcomes = documents.map((document) => this.#create(document));
      this.#database.exec('COMMIT');
      return outcomes;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      return retryAll(documents, error);
    }
  }

  #create({ index, id, source }: FindingDocument): BulkOutcome {
    const reason = whyRejected(index, id, source);
    if (reason !== undefined) return { status: 'rejected', reason };
    const { changes } = this.#insert.run(index, id, source);
    return { status: Number(changes) === 1 ? 'created' : 'exists' };
  }
}

function whyRejected(index: string, id: string, source: string): string | undefined {
  if (index === '') return 'index: expected a name, got an empty string';
  const bytes = Buffer.byteLength(id);
  if (bytes === 0 || bytes > MAX_ID_BYTES) return `id: expected 1 to ${MAX_ID_BYTES} bytes, got ${bytes}`;
  try {
    const value: unknown = JSON.parse(source);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
    return 'source: expected a JSON object, got another value';
  } catch {
    // The parser's message quotes the text, which may hold what must not travel on.
    return `source: expected a JSON object, got ${source.length} characters that are not JSON`;
  }
}

/** Nothing of the transaction was kept, so all of it may be sent again. */
function retryAll(documents: readonly FindingDocument[], error: unknown): BulkOutcome[] {
  const what = error instanceof Error ? error.message : String(error);
  const reason = isBusy(error) ? `another process is writing: ${what}` : what;
  return documents.map(() => ({ status: 'retry', reason }));
}

function toDocument(row: Record<string, unknown>): StoredDocument {
  return {
    cursor: Number(row.cursor),
    index: String(row.name),
    id: String(row.id),
    source: String(row.source),
  };
}
