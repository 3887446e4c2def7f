/** Searches the indices of an OpenSearch; what takes too long is given up and said. */
import type { Client } from '@opensearch-project/opensearch';
import { IndexQueryError } from './index-query-error.ts';
import { type FoundDocument, type IndexQuery, type IndexResult, MAX_TOTAL } from './index-search.ts';
import { openSearchQuery } from './opensearch-query.ts';
import { ask, OpenSearchReadError } from './opensearch-reading.ts';

/** Milliseconds that an answer is waited for. */
const PATIENCE_MS = 5_000;
/** Of that, the engine's share: what it gives up by itself it does not go on with behind our back. */
const ENGINE_SHARE = 0.8;

const INDICES = { business: 'business-*', trail: 'trail-*', all: 'business-*,trail-*' } as const;
const EMPTY: IndexResult = { documents: [], total: 0, exact: true, next: null };

interface Hit {
  readonly _index: string;
  readonly _id: string;
  readonly _source: unknown;
  readonly sort: readonly unknown[];
}

interface SearchReply {
  readonly timed_out: boolean;
  readonly hits: {
    readonly total: { readonly value: number; readonly relation: 'eq' | 'gte' };
    readonly hits: readonly Hit[];
  };
}

/** Throws `IndexQueryError`, or `OpenSearchReadError`. */
export async function searchOpenSearch(
  client: Client,
  query: IndexQuery,
  patienceMs: number = PATIENCE_MS,
): Promise<IndexResult> {
  const asked = openSearchQuery(query);
  const { since, until, limit, page } = query;
  const behind = page === undefined ? {} : { search_after: positionOf(page) };
  if (asked === undefined || (since !== undefined && until !== undefined && since > until)) return EMPTY;
  const options = {
    ignore_unavailable: 'true',
    // Half an answer would look like a whole one.
    allow_partial_search_results: 'false',
    // Indices of other days are left out before their terms are looked at.
    pre_filter_shard_size: '1',
  };
  const body = {
    query: asked,
    size: limit + 1,
    track_total_hits: MAX_TOTAL,
    timeout: `${Math.floor(patienceMs * ENGINE_SHARE)}ms`,
    sort: sortOf(query.order),
    ...behind,
  };
  const path = `/${INDICES[query.channel]}/_search`;
  const reply = (await ask(client, 'POST', path, options, body, patienceMs).catch(tooSlow)) as SearchReply;
  if (reply.timed_out) throw new OpenSearchReadError(TOO_SLOW);
  return resultOf(reply, limit);
}

const TOO_SLOW =
  'OpenSearch took too long to search: fewer words, one channel or a shorter time are less to look at.';

function tooSlow(error: Error): never {
  const { cause } = error;
  if (!(cause instanceof Error) || cause.name !== 'TimeoutError') throw error;
  throw new OpenSearchReadError(TOO_SLOW, { cause });
}

/** Undefined also for an index that is none of ours. Throws `OpenSearchReadError`. */
export async function readOpenSearch(
  client: Client,
  index: string,
  id: string,
): Promise<FoundDocument | undefined> {
  // Neither pattern nor path: what stands here may come from a link that somebody was sent.
  if (!/^(?:business|trail)-[a-z0-9_.-]{1,200}$/.test(index) || id === '' || id.length > 512)
    return undefined;
  try {
    const path = `/${index}/_doc/${encodeURIComponent(id)}`;
    const { _source } = (await ask(client, 'GET', path, {}, undefined, PATIENCE_MS)) as {
      readonly _source: unknown;
    };
    return { index, id, source: JSON.stringify(_source) };
  } catch (error) {
    const { cause } = error as Error;
    if (cause instanceof Error && 'statusCode' in cause && cause.statusCode === 404) return undefined;
    throw error;
  }
}

/**
 * Event time, arrival in its shard, and the id of the log event, which no two documents of a collector share: without it
 * two shards could count one document twice, or none.
 */
function sortOf(order: IndexQuery['order']): readonly object[] {
  const by = order === 'newest' ? 'desc' : 'asc';
  return [
    // Before every time, as in the embedded index; the end of the scale itself is no number that JSON carries.
    { '@timestamp': { order: by, missing: NO_TIME, unmapped_type: 'date' } },
    { _seq_no: { order: by } },
    { 'aws.cloudwatch.event_id': { order: by, missing: '_last', unmapped_type: 'keyword' } },
  ];
}

const NO_TIME = Number.MIN_SAFE_INTEGER;

function resultOf({ hits: { total, hits } }: SearchReply, limit: number): IndexResult {
  const last = hits.length > limit ? hits[limit - 1] : undefined;
  return {
    documents: hits.slice(0, limit).map(({ _index, _id, _source }) => ({
      index: _index,
      id: _id,
      source: JSON.stringify(_source),
    })),
    total: total.value,
    exact: total.relation === 'eq',
    next: last === undefined ? null : Buffer.from(JSON.stringify(last.sort)).toString('base64url'),
  };
}

function positionOf(page: string): readonly unknown[] {
  const position = parsed(Buffer.from(page, 'base64url').toString('utf8'));
  const [at, arrival, event] = Array.isArray(position) ? (position as readonly unknown[]) : [];
  if (
    Number.isSafeInteger(at) &&
    Number.isSafeInteger(arrival) &&
    (event === null || typeof event === 'string')
  ) {
    return [at, arrival, event];
  }
  throw new IndexQueryError('page: expected what an answer gave as next');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the caller: what is no JSON is no position either.
    return undefined;
  }
}
