/** What a visualization of OpenSearch Dashboards gets to draw of an answer: a row for each innermost bucket, by the labels of its columns. */
import type { VisualizedAggregation } from './dashboards-queries.ts';
import type { Row } from './grafana-rows.ts';
import type { SearchAnswer } from './search.ts';

type Bucket = Row & { readonly key: unknown; readonly key_as_string?: string; readonly doc_count?: number };

/** Without buckets, one row. */
export function drawnRows(
  aggs: readonly VisualizedAggregation[],
  { aggregations = {}, hits }: SearchAnswer,
): readonly Row[] {
  const buckets = aggs.filter(({ schema }) => schema !== 'metric');
  const metrics = aggs.filter(({ schema }) => schema === 'metric');
  const total = { ...aggregations, key: '', doc_count: hits.total.value };
  const walk = (bucket: Bucket, depth: number, outer: Row): readonly Row[] => {
    const next = buckets[depth];
    if (next === undefined)
      return [{ ...outer, ...Object.assign({}, ...metrics.map((one) => value(one, bucket))) }];
    const found = bucket[next.id] as { readonly buckets: readonly Bucket[] } | undefined;
    return (found?.buckets ?? []).flatMap((inner) =>
      walk(inner, depth + 1, { ...outer, [labelOf(next)]: inner.key_as_string ?? inner.key }),
    );
  };
  return walk(total, 0, {});
}

function value(metric: VisualizedAggregation, bucket: Bucket): Row {
  const label = labelOf(metric);
  if (metric.type === 'count') return { [label]: bucket.doc_count };
  const result = bucket[metric.id] as
    | { readonly value?: unknown; readonly values?: readonly Row[] }
    | undefined;
  if (metric.type !== 'percentiles') return { [label]: result?.value };
  return Object.fromEntries((result?.values ?? []).map((one) => [`${one.key}th ${label}`, one.value]));
}

function labelOf({ type, params }: VisualizedAggregation): string {
  return params.customLabel ?? `${type} ${params.field ?? ''}`;
}

/** What the drawn values leave over, a row for each place of the outer splits. */
export function otherRows(
  aggs: readonly VisualizedAggregation[],
  { aggregations = {} }: SearchAnswer,
): readonly Row[] {
  const { buckets } = aggregations['other-filter'] as { readonly buckets: Readonly<Record<string, Bucket>> };
  const split = aggs.filter(({ schema }) => schema !== 'metric').at(-1);
  const metrics = aggs.filter(({ schema }) => schema === 'metric');
  return Object.values(buckets)
    .filter(({ doc_count = 0 }) => doc_count > 0)
    .map((bucket) => ({
      ...(split === undefined ? {} : { [labelOf(split)]: split.params.otherBucketLabel }),
      ...Object.assign({}, ...metrics.map((metric) => value(metric, bucket))),
    }));
}
