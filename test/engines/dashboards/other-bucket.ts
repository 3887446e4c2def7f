/**
 * The second search of a visualization of OpenSearch Dashboards whose last split has an *other* bucket: what the values that are
 * drawn leave over (`_terms_other_bucket_helper.ts`).
 */
import type { Visualization } from '../../../dashboards/src/opensearch/saved-object.ts';
import type { TimeRange } from './attacked-index.ts';
import { autoInterval } from './dashboards-interval.ts';
import { type VisualizedAggregation, visStateOf, visualizationBody } from './dashboards-queries.ts';
import type { Json } from './grafana-queries.ts';

type Bucket = Json & { readonly key: string | number };

/** Undefined where nothing is split so. */
export function otherBucketBody(
  visualization: Visualization,
  aggregations: Json,
  range: TimeRange,
): Json | undefined {
  const buckets = visStateOf(visualization).aggs.filter(({ schema }) => schema !== 'metric');
  const last = buckets.at(-1);
  if (last?.params.otherBucket !== true) return undefined;
  const body = visualizationBody(visualization, range) as { readonly aggs: Json; readonly query: Json };
  const filters = Object.fromEntries(leftOver(buckets, aggregations, [], '', range));
  const { aggs = {} } = inside(body.aggs, last.id);
  return { ...body, aggs: { 'other-filter': { aggs, filters: { filters } } } };
}

/** For each place of the outer splits: not one of the values there. */
function leftOver(
  [split, ...others]: readonly VisualizedAggregation[],
  aggregations: Json,
  outer: readonly Json[],
  path: string,
  range: TimeRange,
): readonly (readonly [path: string, query: Json])[] {
  if (split === undefined) return [];
  const { buckets } = aggregations[split.id] as { readonly buckets: readonly Bucket[] };
  const { field = '' } = split.params;
  if (others.length > 0) {
    return buckets.flatMap((bucket) =>
      leftOver(others, bucket, [...outer, among(split, bucket, range)], `${path}-${bucket.key}`, range),
    );
  }
  const filter = [{ match_all: {} }, ...outer, { exists: { field } }];
  const must_not = buckets.map(({ key }) => ({ match_phrase: { [field]: key } }));
  return [[path, { bool: { must: [], filter, should: [], must_not } }]];
}

function among(
  { type, params: { field = '' } }: VisualizedAggregation,
  { key }: Bucket,
  range: TimeRange,
): Json {
  if (type !== 'date_histogram') return { match_phrase: { [field]: key } };
  const [gte, lt] = [Number(key), Number(key) + autoInterval(range).ms].map((at) =>
    new Date(at).toISOString(),
  );
  return { range: { [field]: { gte, lt, format: 'strict_date_optional_time' } } };
}

/** An aggregation by its id, however deep. */
function inside(aggs: Json, id: string): { readonly aggs?: Json } {
  const here = aggs[id] as { readonly aggs?: Json } | undefined;
  if (here !== undefined) return here;
  for (const inner of Object.values(aggs) as readonly { readonly aggs?: Json }[]) {
    if (inner.aggs !== undefined) return inside(inner.aggs, id);
  }
  throw new Error(`aggregation ${id}: expected one, got none`);
}
