/** Opens the file that the embedded index lives in. */
import type { DatabaseSync } from 'node:sqlite';
import { openSqliteFile } from '../storage/sqlite-file.ts';
import { IndexFileError } from './index-file-error.ts';

// AUTOINCREMENT, so that a cursor is never given twice; order of cursors is order of commits.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS documents (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    name   TEXT NOT NULL,
    id     TEXT NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (name, id)
  ) STRICT`;

/** Throws {@link IndexFileError}. */
export function openIndexFile(path: string, busyTimeoutMs: number): DatabaseSync {
  try {
    return openSqliteFile(path, SCHEMA, busyTimeoutMs);
  } catch (error) {
    throw new IndexFileError(path, error);
  }
}
