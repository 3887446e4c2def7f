/** What is thrown for an index file that cannot be used, said so that a person can act on it. */

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
