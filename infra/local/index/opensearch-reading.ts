/** Asks OpenSearch which documents there are, in the order in which each shard wrote them. */
import type { Client } from '@opensearch-project/opensearch';
import type { ShardSpan, ShardState } from './shard-positions.ts';

/** The indices of both channels; the detectors' findings are in those of the trail. */
const INDICES = 'business-*,trail-*';

export interface ReadDocument {
  readonly index: string;
  readonly id: string;
  readonly source: string;
  readonly sequence: number;
}

export class OpenSearchReadError extends Error {
  override readonly name = 'OpenSearchReadError';
  readonly code = 'OPENSEARCH_READ';
}

/**
 * Sequence numbers alone would not do: a later write can be visible before an earlier one. Up to a shard's local checkpoint every
 * write is done, and after a refresh it is visible.
 */
export async function shardStates(client: Client): Promise<readonly ShardState[]> {
  const reply = await ask(client, 'GET', `/${INDICES}/_stats/docs`, {
    level: 'shards',
    filter_path:
      'indices.*.shards.*.routing.primary,indices.*.shards.*.seq_no.local_checkpoint,indices.*.shards.*.seq_no.max_seq_no',
  });
  const { indices = {} } = reply as {
    readonly indices?: Readonly<
      Record<string, { readonly shards: Readonly<Record<string, readonly Copy[]>> }>
    >;
  };
  return Object.entries(indices).flatMap(([index, { shards }]) =>
    Object.entries(shards).flatMap(([shard, copies]) => {
      const { local_checkpoint: written, max_seq_no: given } =
        copies.find(({ routing }) => routing?.primary === true)?.seq_no ?? {};
      // A primary that is not started has nothing that could be read.
      return written === undefined || given === undefined ? [] : [{ index, shard, written, given }];
    }),
  );
}

interface Copy {
  readonly routing?: { readonly primary?: boolean };
  readonly seq_no?: { readonly local_checkpoint?: number; readonly max_seq_no?: number };
}

/**
 * Moves the checkpoints on: the number of a write that was refused is not stored with it but with the next write that is taken,
 * and until then it hides what was written behind it.
 */
export async function flush(client: Client, indices: readonly string[]): Promise<void> {
  await ask(client, 'POST', `/${indices.join(',')}/_flush`, { ignore_unavailable: 'true' });
}

/** Makes what is written visible. */
export async function refresh(client: Client, indices: readonly string[]): Promise<void> {
  await ask(client, 'POST', `/${indices.join(',')}/_refresh`, { ignore_unavailable: 'true' });
}

/** The first `limit` documents of a span. */
export async function documentsOf(
  client: Client,
  { index, shard, from, to }: ShardSpan,
  limit: number,
): Promise<readonly ReadDocument[]> {
  const query = { preference: `_shards:${shard}`, ignore_unavailable: 'true' };
  const reply = await ask(client, 'POST', `/${index}/_search`, query, {
    size: limit,
    track_total_hits: false,
    query: { range: { _seq_no: { gt: from, lte: to } } },
    sort: [{ _seq_no: 'asc' }],
  });
  const { hits } = reply as {
    readonly hits: {
      readonly hits: readonly {
        readonly _index: string;
        readonly _id: string;
        readonly _source: unknown;
        readonly sort: readonly [number];
      }[];
    };
  };
  return hits.hits.map(({ _index, _id, _source, sort: [sequence] }) => ({
    index: _index,
    id: _id,
    source: JSON.stringify(_source),
    sequence,
  }));
}

/** `timeoutMs`: one try of that long, instead of the client's own patience. Throws {@link OpenSearchReadError}. */
export async function ask(
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  querystring: Readonly<Record<string, string>>,
  body?: object,
  timeoutMs?: number,
): Promise<unknown> {
  try {
    const request = {
      method,
      path,
      querystring: { ...querystring },
      ...(body === undefined ? {} : { body }),
    };
    const patience = timeoutMs === undefined ? {} : { requestTimeout: timeoutMs, maxRetries: 0 };
    return (await client.transport.request(request, patience)).body;
  } catch (error) {
    const { message, name } = error as Error;
    throw new OpenSearchReadError(`OpenSearch ${method} ${path}: ${name}: ${message.slice(0, 200)}`, {
      cause: error,
    });
  }
}
