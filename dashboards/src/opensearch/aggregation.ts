/** The aggregations of a visualization, in the order and with the defaults that OpenSearch Dashboards writes them with. */
import type { TrailField } from '@trailgate/collectors/schema';

export interface Aggregation {
  readonly id: string;
  readonly enabled: true;
  readonly type: 'count' | 'sum' | 'cardinality' | 'terms' | 'date_histogram';
  /** Which part of the picture it makes. */
  readonly schema: 'metric' | 'segment' | 'group' | 'bucket';
  readonly params: Readonly<Record<string, unknown>>;
}

/** Always the first: buckets are ordered by it. Documents without the field count for one. */
export function sumOf(field: TrailField, customLabel: string): Aggregation {
  const params = { field, customLabel, json: '{"missing":1}' };
  return { id: '1', enabled: true, type: 'sum', schema: 'metric', params };
}

export function countOf(customLabel: string): Aggregation {
  return { id: '1', enabled: true, type: 'count', schema: 'metric', params: { customLabel } };
}

export function overTime(id: string): Aggregation {
  const field: TrailField = '@timestamp';
  const params = {
    field,
    useNormalizedOpenSearchInterval: true,
    scaleMetricValues: false,
    interval: 'auto',
    drop_partials: false,
    min_doc_count: 1,
    extended_bounds: {},
  };
  return { id, enabled: true, type: 'date_histogram', schema: 'segment', params };
}

/** The busiest values of a field. */
export function topOf(
  id: string,
  schema: 'group' | 'bucket' | 'segment',
  field: TrailField,
  size: number,
  customLabel: string,
): Aggregation {
  const params = {
    field,
    orderBy: '1',
    order: 'desc',
    size,
    otherBucket: schema === 'group',
    otherBucketLabel: 'other',
    missingBucket: false,
    missingBucketLabel: 'none',
    customLabel,
  };
  return { id, enabled: true, type: 'terms', schema, params };
}
