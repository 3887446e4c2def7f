/** What a panel gets to show of an answer: documents with their fields side by side, or a row for each innermost bucket. */
import {
  type BucketAggregation,
  type Json,
  type MetricAggregation,
  type OpenSearchTarget,
  TIME_FIELD,
} from './grafana-queries.ts';
import type { SearchAnswer } from './search.ts';

/** By the name of the column. */
export type Row = Json;

type Bucket = Json & {
  readonly key: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
};

/** Names of the columns (`models.go`). */
const METRIC_NAMES: Readonly<Record<string, string>> = {
  count: 'Count',
  avg: 'Average',
  sum: 'Sum',
  max: 'Max',
  min: 'Min',
  cardinality: 'Unique Count',
  percentiles: 'Percentiles',
  moving_avg: 'Moving Average',
  moving_fn: 'Moving Function',
  cumulative_sum: 'Cumulative Sum',
  derivative: 'Derivative',
  bucket_script: 'Bucket Script',
};

export function rowsOf(target: OpenSearchTarget, answer: SearchAnswer): readonly Row[] {
  const [first] = target.metrics;
  if (target.bucketAggs.length === 0 || first?.type.startsWith('raw') || first?.type === 'logs') {
    return answer.hits.hits.map(({ _index, _source }) => ({ _index, ...flattened(_source) }));
  }
  return bucketRows(target, answer.aggregations ?? {}, 0, {});
}

/** Members of members become columns of their own; lists stay what they are. */
export function flattened(source: Json, path = ''): Row {
  const columns = Object.entries(source).map(([name, value]): Row => {
    const inside = path === '' ? name : `${path}.${name}`;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? flattened(value as Json, inside) : { [inside]: value };
  });
  return Object.assign({}, ...columns);
}

function bucketRows(target: OpenSearchTarget, aggregations: Json, depth: number, outer: Row): readonly Row[] {
  const bucketAgg = target.bucketAggs[depth];
  if (bucketAgg === undefined) return [];
  const found = aggregations[bucketAgg.id] as { readonly buckets: readonly Bucket[] | Json } | undefined;
  return bucketsOf(found?.buckets ?? []).flatMap((bucket) => {
    const row = { ...outer, ...keyColumn(bucketAgg, bucket) };
    if (depth + 1 < target.bucketAggs.length) return bucketRows(target, bucket, depth + 1, row);
    return [
      { ...row, ...Object.assign({}, ...target.metrics.map((metric) => values(metric, target, bucket))) },
    ];
  });
}

/** Those of a filters aggregation stand under the labels of its filters. */
function bucketsOf(buckets: readonly Bucket[] | Json): readonly Bucket[] {
  if (Array.isArray(buckets)) return buckets;
  return Object.entries(buckets as Readonly<Record<string, Json>>).map(
    ([key, bucket]) => ({ ...bucket, key }) as Bucket,
  );
}

function keyColumn({ type, field }: BucketAggregation, { key, key_as_string }: Bucket): Row {
  if (type === 'filters') return { filter: key };
  return { [field || TIME_FIELD]: type === 'date_histogram' ? key : (key_as_string ?? key) };
}

function values(metric: MetricAggregation, { metrics }: OpenSearchTarget, bucket: Bucket): Row {
  const { id, type, field, hide } = metric;
  if (hide === true) return {};
  const several = metrics.filter((other) => other.type === type).length > 1;
  const name = METRIC_NAMES[type] ?? type;
  if (type === 'count') return { [name]: bucket.doc_count };
  const result = bucket[id] as { readonly value?: unknown; readonly values?: Json } | undefined;
  if (type === 'percentiles') {
    return Object.fromEntries(
      Object.entries(result?.values ?? {}).map(([percent, value]) => [`p${percent} ${field}`, value]),
    );
  }
  return { [several ? `${name} ${field}` : name]: result?.value };
}

/** A document, or a number that is not 0 beside what the buckets are called. */
export function showsSomething({ bucketAggs }: OpenSearchTarget, rows: readonly Row[]): boolean {
  if (bucketAggs.length === 0) return rows.length > 0;
  const names = new Set(['filter', TIME_FIELD, ...bucketAggs.map(({ field }) => field)]);
  return rows.some((row) =>
    Object.entries(row).some(([name, value]) => !names.has(name) && typeof value === 'number' && value !== 0),
  );
}
