/** What a store of findings throws, so that nobody goes on as if one were there. */

/** A document that had to be written was not; the caller must not go on as if it were there. */
export class IndexWriteError extends Error {
  override readonly name = 'IndexWriteError';
  readonly code = 'INDEX_WRITE';

  constructor(index: string, id: string, reason: string) {
    super(`document ${index}/${id} was not written: ${reason}`);
  }
}
