/** What can go wrong with the index file, said so that a person can act on it. */

/** The file cannot be opened as an index: its folder is missing or unwritable, or it is something else. */
export class IndexFileError extends Error {
  override readonly name = 'IndexFileError';
  readonly code = 'INDEX_FILE';
  readonly path: string;

  constructor(path: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`index file ${path}: expected a SQLite database or a path where one can be created, but ${why}`, {
      cause,
    });
    this.path = path;
  }
}

/** A document that had to be written was not; the caller must not go on as if it were there. */
export class IndexWriteError extends Error {
  override readonly name = 'IndexWriteError';
  readonly code = 'INDEX_WRITE';

  constructor(index: string, id: string, reason: string) {
    super(`document ${index}/${id} was not written: ${reason}`);
  }
}
