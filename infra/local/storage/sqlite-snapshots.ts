/** Detector snapshots of the local stack: each shard's state with a version, moved on only from the version it had. */
import type { DatabaseSync } from 'node:sqlite';
import { SnapshotConflictError, type SnapshotPort, type StoredState } from '@trailgate/detectors';
import { openSqliteFile } from './sqlite-file.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS snapshots (
    shard   TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    state   TEXT NOT NULL,
    stored_at INTEGER
  ) STRICT`;
/** Epoch milliseconds, by the clock of whoever stores. */
const NOW = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;
const BUSY_TIMEOUT_MS = 5_000;

/** A compare-and-set between processes, one of which may be killed at any moment: SQLite's locks die with it. */
export class SqliteSnapshots implements SnapshotPort {
  readonly #database: DatabaseSync;

  /** Creates the file when there is none. Throws SQLite's error when that is not possible. */
  constructor(path: string) {
    this.#database = openSqliteFile(path, SCHEMA, BUSY_TIMEOUT_MS);
    addStoredAt(this.#database);
  }

  async load(shard: string): Promise<StoredState | undefined> {
    const row = this.#database
      .prepare('SELECT state, version, stored_at FROM snapshots WHERE shard = ?')
      .get(shard);
    if (row === undefined) return undefined;
    const { state, version, stored_at: storedAt } = row;
    return {
      state: String(state),
      version: String(version),
      ...(typeof storedAt === 'number' ? { storedAt } : {}),
    };
  }

  /**
   * Stores the state that follows on `expectedVersion`, undefined for the first, and returns its version.
   * Throws {@link SnapshotConflictError} when another version is stored.
   */
  async save(shard: string, state: string, expectedVersion: string | undefined): Promise<string> {
    const statement =
      expectedVersion === undefined
        ? this.#database.prepare(
            `INSERT INTO snapshots (state, shard, version, stored_at) VALUES (?, ?, 1, ${NOW})
             ON CONFLICT DO NOTHING RETURNING version`,
          )
        : this.#database.prepare(
            `UPDATE snapshots SET state = ?, version = version + 1, stored_at = ${NOW}
             WHERE shard = ? AND version = ? RETURNING version`,
          );
    const saved = statement.all(state, shard, ...(expectedVersion === undefined ? [] : [expectedVersion]))[0];
    if (saved !== undefined) return String(saved.version);
    throw new SnapshotConflictError(shard, expectedVersion, (await this.load(shard))?.version);
  }

  close(): void {
    this.#database.close();
  }
}

/** Files of earlier releases have no such column; two processes may find that out at once. */
function addStoredAt(database: DatabaseSync): void {
  const hasColumn = (): boolean =>
    database
      .prepare('PRAGMA table_info(snapshots)')
      .all()
      .some(({ name }) => name === 'stored_at');
  if (hasColumn()) return;
  try {
    database.exec('ALTER TABLE snapshots ADD COLUMN stored_at INTEGER');
  } catch (error) {
    if (!hasColumn()) throw error;
  }
}
