/**
 * The search that Grafana makes of a target of its OpenSearch data source, as the back end of grafana-opensearch-datasource 2.34
 * builds it (`lucene_handler.go`, `client/search_request.go`): the time field is the data source's, whatever the target says.
 */
import type { TimeRange } from './attacked-index.ts';
import { intervalText, searchInterval } from './grafana-interval.ts';

export interface MetricAggregation {
  readonly id: string;
  readonly type: string;
  readonly field?: string;
  readonly hide?: boolean;
  readonly settings?: Json;
  readonly pipelineAgg?: string;
  readonly pipelineVariables?: readonly { readonly name: string; readonly pipelineAgg: string }[];
}

export interface BucketAggregation {
  readonly id: string;
  readonly type: string;
  readonly field?: string;
  readonly settings?: Json;
}

export interface OpenSearchTarget {
  readonly refId: string;
  readonly query?: string;
  readonly alias?: string;
  readonly metrics: readonly MetricAggregation[];
  readonly bucketAggs: readonly BucketAggregation[];
}

export type Json = Readonly<Record<string, unknown>>;

/** Where a panel is asked from. */
export interface Asking {
  readonly range: TimeRange;
  /** Least length of a bucket of time, milliseconds. */
  readonly minIntervalMs: number;
}

export const TIME_FIELD = '@timestamp';
const DEFAULT_SIZE = 500;
const DOCUMENTS: ReadonlySet<string> = new Set(['raw_data', 'raw_document', 'logs']);
/** Of others' results, by their path. */
const PIPELINES: ReadonlySet<string> = new Set([
  'moving_avg',
  'moving_fn',
  'cumulative_sum',
  'derivative',
  'bucket_script',
]);

/** Variables are filled in before. Throws for what the data source refuses. */
export function searchBody(target: OpenSearchTarget, asking: Asking): Json {
  const { metrics, bucketAggs } = target;
  const [first] = metrics;
  if (first === undefined || (bucketAggs.length === 0 && !DOCUMENTS.has(first.type))) {
    throw new Error(`target ${target.refId}: invalid query, missing metrics and aggregations`);
  }
  const { from, to } = asking.range;
  const inTime = { range: { [TIME_FIELD]: { gte: from, lte: to, format: 'epoch_millis' } } };
  const matching = { query_string: { query: target.query || '*', analyze_wildcard: true } };
  const query = { bool: { filter: [inTime, matching] } };
  const fields = [{ field: TIME_FIELD, format: 'strict_date_optional_time_nanos' }];
  const byTime = [{ [TIME_FIELD]: { order: orderOf(first), unmapped_type: 'boolean' } }];
  switch (first.type) {
    case 'raw_data':
    case 'raw_document': {
      const size = sizeOf(first);
      // Of any time then, and in no order.
      if (first.settings?.useTimeRange === false)
        return { size, fields, query: { bool: { filter: matching } } };
      return { size, sort: [...byTime, { _doc: { order: orderOf(first) } }], fields, query };
    }
    case 'logs': {
      const overTime = { id: '1', type: 'date_histogram', settings: { interval: 'auto' } };
      const aggs = aggregations({ ...target, metrics: [], bucketAggs: [overTime] }, asking);
      const more = { docvalue_fields: [TIME_FIELD], script_fields: {} };
      return { size: sizeOf(first), sort: byTime, fields, ...more, query, aggs };
    }
    default:
      return { size: 0, query, aggs: aggregations(target, asking) };
  }
}

function orderOf({ settings }: MetricAggregation): string {
  return settings?.order === 'asc' ? 'asc' : 'desc';
}

function sizeOf({ settings }: MetricAggregation): number {
  const size = Number.parseInt(String(settings?.size), 10);
  return Number.isNaN(size) ? DEFAULT_SIZE : size;
}

/** Each bucket inside the one before it, the metrics inside the last. */
function aggregations({ metrics, bucketAggs }: OpenSearchTarget, asking: Asking): Json {
  const interval = intervalText(searchInterval(bucketAggs, asking));
  const within = ([bucket, ...others]: readonly BucketAggregation[]): Json => {
    if (bucket === undefined) {
      return Object.fromEntries(metrics.flatMap((metric) => metricBody(metric, metrics)));
    }
    const aggs = { ...orderedBy(bucket, metrics), ...within(others) };
    const body = bucketBody(bucket, metrics, asking, interval);
    return { [bucket.id]: Object.keys(aggs).length === 0 ? body : { ...body, aggs } };
  };
  return within(bucketAggs);
}

function bucketBody(
  { type, field, settings = {} }: BucketAggregation,
  metrics: readonly MetricAggregation[],
  { range }: Asking,
  interval: string,
): Json {
  const { missing } = settings;
  const given = typeof missing === 'string' ? { missing } : {};
  switch (type) {
    case 'date_histogram': {
      const { interval: wanted = 'auto', format = 'epoch_millis' } = settings;
      return {
        date_histogram: {
          field: field || TIME_FIELD,
          interval: wanted === 'auto' ? interval : wanted,
          min_doc_count: wholeNumber(settings.min_doc_count) ?? 0,
          extended_bounds: { min: range.from, max: range.to },
          format,
          ...given,
        },
      };
    }
    case 'terms': {
      const least = wholeNumber(settings.min_doc_count);
      return {
        terms: {
          field,
          size: termsSize(settings),
          order: termsOrder(settings, metrics),
          ...(least === undefined ? {} : { min_doc_count: least }),
          ...given,
        },
      };
    }
    case 'filters': {
      const filters = (settings.filters ?? []) as readonly {
        readonly query: string;
        readonly label: string;
      }[];
      const asked = filters.map(({ query, label }) => [
        label || query,
        { query_string: { query, analyze_wildcard: true } },
      ]);
      return { filters: { filters: Object.fromEntries(asked) } };
    }
    default:
      throw new Error(`bucket aggregation: expected date_histogram, terms or filters, got ${type}`);
  }
}

/** No limit is said with 0. */
export function termsSize({ size }: Json): number {
  return wholeNumber(size) || DEFAULT_SIZE;
}

function termsOrder({ orderBy, order = 'desc' }: Json, metrics: readonly MetricAggregation[]): Json {
  if (typeof orderBy !== 'string') return {};
  const metric = metrics.find(({ id }) => id === /^\d+/.exec(orderBy)?.[0]);
  if (metric?.type === 'count') return { _count: order };
  return { [orderBy === '_term' ? '_key' : orderBy]: order };
}

/** What terms are ordered by is computed among them too, and there without the metric's settings. */
function orderedBy({ type, settings }: BucketAggregation, metrics: readonly MetricAggregation[]): Json {
  const { orderBy } = settings ?? {};
  if (type !== 'terms' || typeof orderBy !== 'string') return {};
  const metric = metrics.find(({ id }) => id === /^\d+/.exec(orderBy)?.[0]);
  if (metric === undefined || metric.type === 'count') return {};
  return { [metric.id]: { [metric.type]: { field: metric.field ?? '' } } };
}

/** None for a count, which every bucket has. */
function metricBody(
  { id, type, field, settings = {}, pipelineAgg, pipelineVariables = [] }: MetricAggregation,
  metrics: readonly MetricAggregation[],
): readonly (readonly [id: string, body: Json])[] {
  if (type === 'count') return [];
  if (!PIPELINES.has(type)) return [[id, { [type]: { field: field ?? '', ...settings } }]];
  const pathOf = (of: string): string =>
    metrics.find((metric) => metric.id === of)?.type === 'count' ? '_count' : of;
  const path =
    type === 'bucket_script'
      ? Object.fromEntries(pipelineVariables.map(({ name, pipelineAgg: of }) => [name, pathOf(of)]))
      : pathOf(field || pipelineAgg || '');
  return [[id, { [type]: { buckets_path: path, ...settings } }]];
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
