/** Detector snapshots of the local stack: each shard's state with a version, moved on only from the version it had. */
import type { DatabaseSync } from 'node:sqlite';
import { SnapshotConflictError, type SnapshotPort } from '@trailgate/detectors';
import { openSqliteFile } from './sqlite-file.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS snapshots (
    shard   TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    state   TEXT NOT NULL
  ) STRICT`;
const BUSY_TIMEOUT_MS = 5_000;

/** A compare-and-set between processes, one of which may be killed at any moment: SQLite's locks die with it. */
export class SqliteSnapshots implements SnapshotPort {
  readonly #database: DatabaseSync;

  /** Creates the file when there is none. Throws SQLite's error when that is not possible. */
  constructor(path: string) {
    this.#database = openSqliteFile(path, SCHEMA, BUSY_TIMEOUT_MS);
  }

  async load(shard: string): Promise<{ readonly state: string; readonly version: string } | undefined> {
    const row = this.#database.prepare('SELECT state, version FROM snapshots WHERE shard = ?').get(shard);
    return row === undefined ? undefined : { state: String(row.state), version: String(row.version) };
  }

  /**
   * Stores the state that follows on `expectedVersion`, undefined for the first, and returns its version.
   * Throws {@link SnapshotConflictError} when another version is stored.
   */
  async save(shard: string, state: string, expectedVersion: string | undefined): Promise<string> {
    const statement =
      expectedVersion === undefined
        ? this.#database.prepare(
            `INSERT INTO snapshots (state, shard, version) VALUES (?, ?, 1)
             ON CONFLICT DO NOTHING RETURNING version`,
          )
        : this.#database.prepare(
            `UPDATE snapshots SET state = ?, version = version + 1
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
