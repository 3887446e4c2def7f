/** Opens a SQLite file for many processes that write and read it at once. */
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;
/** Switching a new file to WAL does not wait as other statements do, so several first openers must try again. */
const OPEN_ATTEMPTS = 50;
const OPEN_PAUSE_MS = 20;

/** Statements wait up to `busyTimeoutMs` for another writer. Throws SQLite's error when the file cannot be used. */
export function openSqliteFile(path: string, schema: string, busyTimeoutMs: number): DatabaseSync {
  for (let attempt = 1; ; attempt++) {
    try {
      return open(path, schema, busyTimeoutMs);
    } catch (error) {
      if (!isBusy(error) || attempt === OPEN_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_PAUSE_MS);
    }
  }
}

/** Whether another process holds the file longer than was waited for. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return (code & 0xff) === SQLITE_BUSY;
}

function open(path: string, schema: string, busyTimeoutMs: number): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec(schema);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
