/** What can go wrong with a whole call to OpenSearch, by what a person has to do about it; none quotes a reply or a document. */

/** An option that cannot be used. */
export class OpenSearchOptionsError extends Error {
  readonly code = 'OPENSEARCH_OPTIONS';
  override readonly name = 'OpenSearchOptionsError';
}

/** No whole reply came: not reachable, too slow, or cut off. What the call did is unknown. */
export class OpenSearchCallError extends Error {
  readonly code = 'OPENSEARCH_CALL';
  override readonly name = 'OpenSearchCallError';
}

/** It answers that it cannot do it now: too much to do (429) or a fault of its own (5xx). */
export class OpenSearchUnavailableError extends Error {
  readonly code = 'OPENSEARCH_UNAVAILABLE';
  override readonly name = 'OpenSearchUnavailableError';
  readonly status: number;

  constructor(origin: string, status: number, type: string | undefined) {
    super(`${origin}: expected 200, got ${status}${type === undefined ? '' : ` (${type})`}`);
    this.status = status;
  }
}

/** It does not know the caller (401) or does not allow the call (403). */
export class OpenSearchRefusedError extends Error {
  readonly code = 'OPENSEARCH_REFUSED';
  override readonly name = 'OpenSearchRefusedError';
  readonly status: number;

  constructor(origin: string, status: number, why: string) {
    super(`${origin}: expected 200, got ${status}: ${why}`);
    this.status = status;
  }
}

/** The reply is not one to a bulk call: nothing can be concluded from it. */
export class OpenSearchReplyError extends Error {
  readonly code = 'OPENSEARCH_REPLY';
  override readonly name = 'OpenSearchReplyError';
}
