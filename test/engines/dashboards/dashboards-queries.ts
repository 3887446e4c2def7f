/**
 * The search that OpenSearch Dashboards 3 makes of a saved search or a visualization: `data/common/search` turns the state of a
 * visualization into aggregations, metrics behind buckets, and adds query, filters and time; Discover adds order and size.
 */
import type { SavedSearch, Visualization } from '../../../dashboards/src/opensearch/saved-object.ts';
import type { TimeRange } from './attacked-index.ts';
import { autoInterval } from './dashboards-interval.ts';
import type { Json } from './grafana-queries.ts';

export interface VisualizedAggregation {
  readonly id: string;
  readonly enabled: boolean;
  readonly type: string;
  readonly schema: string;
  readonly params: Json & { readonly field?: string; readonly customLabel?: string };
}

export interface VisState {
  readonly type: string;
  readonly aggs: readonly VisualizedAggregation[];
  readonly params: Json;
}

const TIME_FIELD = '@timestamp';
const BUCKETS: ReadonlySet<string> = new Set(['terms', 'date_histogram']);
/** Setting `discover:sampleSize`. */
const SAMPLE_SIZE = 500;

/** Sorted and shown as Discover and a dashboard's panel do. */
export function savedSearchBody({ attributes }: SavedSearch, range: TimeRange): Json {
  const sort = attributes.sort.map(([field, order]) => ({ [field]: { order, unmapped_type: 'boolean' } }));
  return {
    size: SAMPLE_SIZE,
    version: true,
    sort,
    _source: { excludes: [] },
    stored_fields: ['*'],
    script_fields: {},
    docvalue_fields: [{ field: TIME_FIELD, format: 'date_time' }],
    query: queryOf(attributes.kibanaSavedObjectMeta.searchSourceJSON, range),
  };
}

export function visStateOf({ attributes }: Visualization): VisState {
  return JSON.parse(attributes.visState) as VisState;
}

export function visualizationBody(visualization: Visualization, range: TimeRange): Json {
  const { searchSourceJSON } = visualization.attributes.kibanaSavedObjectMeta;
  const aggs = aggregations(visStateOf(visualization).aggs, range);
  return { size: 0, aggs, query: queryOf(searchSourceJSON, range) };
}

/** Values that a field of choice offers while nothing is typed (`list_control_factory.ts`). */
export function controlBody(field: string, size: number, range: TimeRange): Json {
  const termsAgg = { terms: { field, size, order: { _count: 'desc' }, include: '.*' } };
  return { size: 0, aggs: { termsAgg }, query: { bool: { filter: [timeFilter(range)] } } };
}

function queryOf(searchSourceJSON: string, range: TimeRange): Json {
  const { query, filter } = JSON.parse(searchSourceJSON) as {
    readonly query: { readonly query: string; readonly language: string };
    readonly filter: readonly { readonly query: Json }[];
  };
  if (query.language !== 'lucene') throw new Error(`search source: expected lucene, got ${query.language}`);
  const matching =
    query.query.trim() === ''
      ? { match_all: {} }
      : { query_string: { query: query.query, analyze_wildcard: true, time_zone: 'UTC' } };
  const filters = [...filter.map((one) => one.query), timeFilter(range)];
  return { bool: { must: [matching], filter: filters, should: [], must_not: [] } };
}

function timeFilter({ from, to }: TimeRange): Json {
  const [gte, lte] = [from, to].map((time) => new Date(time).toISOString());
  return { range: { [TIME_FIELD]: { gte, lte, format: 'strict_date_optional_time' } } };
}

/** Each bucket inside the one before it, all metrics but the count inside the last. */
function aggregations(all: readonly VisualizedAggregation[], range: TimeRange): Json {
  const enabled = all.filter((one) => one.enabled);
  const metrics = enabled.filter(({ type }) => !BUCKETS.has(type));
  const within = ([bucket, ...others]: readonly VisualizedAggregation[]): Json => {
    if (bucket === undefined) {
      const computed = metrics.filter(({ type }) => type !== 'count');
      return Object.fromEntries(computed.map((metric) => [metric.id, metricBody(metric)]));
    }
    const aggs = { ...orderedBy(bucket, metrics), ...within(others) };
    const body = bucketBody(bucket, metrics, range);
    return { [bucket.id]: Object.keys(aggs).length === 0 ? body : { ...body, aggs } };
  };
  return within(enabled.filter(({ type }) => BUCKETS.has(type)));
}

function metricBody({ type, params }: VisualizedAggregation): Json {
  const { field, json, percents } = params;
  const more = type === 'percentiles' ? { percents, keyed: false } : {};
  const merged = typeof json === 'string' ? (JSON.parse(json) as Json) : {};
  return { [type]: { field, ...more, ...merged } };
}

function bucketBody(
  { type, params }: VisualizedAggregation,
  metrics: readonly VisualizedAggregation[],
  range: TimeRange,
): Json {
  const { field } = params;
  if (type === 'date_histogram') {
    const { interval = 'auto', min_doc_count = 1 } = params;
    const length = interval === 'auto' ? autoInterval(range).parameter : { fixed_interval: interval };
    return { date_histogram: { field, ...length, time_zone: 'UTC', min_doc_count } };
  }
  const { size = 5, orderBy, order = 'desc', missingBucket, json } = params;
  const by = metrics.find(({ id }) => id === orderBy);
  const missing = missingBucket === true ? { missing: '__missing__' } : {};
  const merged = typeof json === 'string' ? (JSON.parse(json) as Json) : {};
  const key = by?.type === 'count' ? '_count' : String(orderBy ?? '_count');
  return { terms: { field, order: { [key]: order }, size, ...missing, ...merged } };
}

/** What terms are ordered by is computed among them too, with all its parameters. */
function orderedBy({ type, params }: VisualizedAggregation, metrics: readonly VisualizedAggregation[]): Json {
  const by = metrics.find(({ id }) => id === params.orderBy);
  if (type !== 'terms' || by === undefined || by.type === 'count') return {};
  return { [by.id]: metricBody(by) };
}
