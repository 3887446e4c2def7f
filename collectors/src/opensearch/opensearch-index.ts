/** The index in OpenSearch for the collector: one `_bulk` call for each batch of documents, its bytes sent as they are. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type BulkOutcome, BulkTooLargeError, type IndexPort } from '../ports.ts';
import { REPLY_PARTS, readBulkReply } from './bulk-reply.ts';
import { halveBulk } from './halve-bulk.ts';
import { httpCaller } from './http-call.ts';
import { OpenSearchCallError } from './opensearch-errors.ts';
import { type OpenSearchOptions, openSearchSettings } from './opensearch-options.ts';
import { readRefusal } from './refused-call.ts';
import { headerMaker } from './request-headers.ts';

export interface OpenSearchPorts {
  /** Epoch milliseconds; dates signatures and bounds calls. */
  readonly clock: () => number;
}

export interface OpenSearchIndex extends IndexPort {
  /** Lets go of kept connections. */
  close(): void;
}

/** Share of a call's time after which OpenSearch gives up waiting for a shard and answers for the other documents. */
const SHARD_PATIENCE = 0.5;
const FASTEST = 1; // zlib level: three fifths of the default's time for a sixth more bytes
const compressed = promisify(gzip);

/**
 * `bulk` rejects with `BulkTooLargeError`, or an `OpenSearch…Error` that says which of connection, permission, state and reply is
 * wrong; nothing is known of any document then. @throws OpenSearchOptionsError
 */
export function createOpenSearchIndex(
  options: OpenSearchOptions,
  { clock }: OpenSearchPorts,
): OpenSearchIndex {
  const settings = openSearchSettings(options);
  const { url, timeoutMs } = settings;
  const caller = httpCaller(url, settings.maxConnections, settings.maxReplyBytes);
  const makeHeaders = headerMaker(settings, clock);
  const path = `${url.pathname.replace(/\/$/, '')}/_bulk`;
  const query = {
    filter_path: REPLY_PARTS.join(','),
    timeout: `${Math.floor(timeoutMs * SHARD_PATIENCE)}ms`,
  };
  const target = `${path}?${queryText(query)}`;

  async function send(bytes: Uint8Array, count: number, deadline: number): Promise<readonly BulkOutcome[]> {
    const headers = { 'content-type': 'application/x-ndjson' };
    const encoding = settings.compress ? { 'content-encoding': 'gzip' } : {};
    const body = settings.compress ? await compressed(bytes, { level: FASTEST }) : bytes;
    const left = deadline - clock();
    if (left <= 0) throw new OpenSearchCallError(`${url.origin}: no whole reply in ${timeoutMs} ms`);
    const reply = await caller.post({
      target,
      headers: await makeHeaders({ path, query, body, headers: { ...headers, ...encoding } }),
      body,
      timeoutMs: Math.min(left, timeoutMs),
    });
    if (reply.body === undefined) throw new BulkTooLargeError(`${url.origin}: the reply is too large`);
    if (reply.status === 200) return readBulkReply(reply.body, count);
    const refusal = readRefusal(url.origin, reply.status, reply.body);
    if (refusal.kind === 'failed') throw refusal.error;
    if (count === 1) return [{ status: 'rejected', reason: refusal.type }];
    const outcomes: BulkOutcome[] = [];
    for (const half of halveBulk(bytes, count)) {
      outcomes.push(...(await send(half.bytes, half.count, deadline)));
    }
    return outcomes;
  }

  return {
    bulk: async ({ bytes, count }) => (count === 0 ? [] : await send(bytes, count, clock() + timeoutMs)),
    close: caller.close,
  };
}

/** As a signature sees it: everything but letters, digits and `-_.~` is escaped. */
function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('*', '%2A')}`)
    .join('&');
}
