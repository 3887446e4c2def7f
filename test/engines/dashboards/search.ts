/** Asks an index as a dashboard does, and takes no half answer: a query that some shard does not understand is an error. */
import type { EngineDesk } from '../engine-desk.ts';
import type { Json } from './grafana-queries.ts';

export interface SearchAnswer {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly _index: string; readonly _source: Json }[];
  };
  readonly aggregations?: Json;
}

export async function search(desk: EngineDesk, index: string, body: Json): Promise<SearchAnswer> {
  const path = `/${index}/_search?ignore_unavailable=true&track_total_hits=true`;
  const answer = (await desk.post(path, body)) as SearchAnswer & {
    readonly _shards: { readonly failures?: readonly { readonly reason: unknown }[] };
  };
  const [failure] = answer._shards.failures ?? [];
  if (failure === undefined) return answer;
  throw new Error(`${JSON.stringify(body)}: ${JSON.stringify(failure.reason)}`);
}

export function bucketKeys(aggregation: unknown): readonly unknown[] {
  const { buckets } = aggregation as { readonly buckets: readonly { readonly key: unknown }[] };
  return buckets.map(({ key }) => key);
}
