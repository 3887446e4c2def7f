/** What is thrown for a query that cannot be asked of any index. */

/** A part of the query is not what it must be; the message names it, what was expected and what came. */
export class IndexQueryError extends Error {
  override readonly name = 'IndexQueryError';
  readonly code = 'INDEX_QUERY';
}
