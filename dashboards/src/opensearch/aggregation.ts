/** What a picture computes and by what it is split, with the parameters that OpenSearch Dashboards writes for each. */
import type { FieldName } from '@trailgate/collectors/schema';

interface Part<Type extends string, Field extends FieldName> {
  readonly type: Type;
  /** What a reader sees of it. */
  readonly label: string;
  readonly params: Readonly<Record<string, unknown>> & { readonly field?: Field };
}

/** A number: the first of a picture orders its buckets. */
export type Metric<Field extends FieldName> = Part<
  'count' | 'sum' | 'cardinality' | 'min' | 'max' | 'percentiles',
  Field
>;

export type Bucket<Field extends FieldName> = Part<'terms' | 'date_histogram', Field>;

/** Security events: a folded record counts for all that it stands for, one without the field for itself. */
export function eventCount(label: string): Metric<'count'> {
  return { type: 'sum', label, params: { field: 'count', json: '{"missing":1}' } };
}

/** Requests, estimated from the kept ones: each stands for as many as its weight says. */
export function requestCount(label: string): Metric<'trailgate.weight'> {
  return { type: 'sum', label, params: { field: 'trailgate.weight' } };
}

export function documentCount(label: string): Metric<never> {
  return { type: 'count', label, params: {} };
}

export function distinct<Field extends FieldName>(field: Field, label: string): Metric<Field> {
  return { type: 'cardinality', label, params: { field } };
}

export function smallest<Field extends FieldName>(field: Field, label: string): Metric<Field> {
  return { type: 'min', label, params: { field } };
}

export function largest<Field extends FieldName>(field: Field, label: string): Metric<Field> {
  return { type: 'max', label, params: { field } };
}

/** Never the first metric of a picture with terms: they cannot be ordered by it. */
export function percentiles<Field extends FieldName>(field: Field, label: string): Metric<Field> {
  return { type: 'percentiles', label, params: { field, percents: [50, 95, 99] } };
}

export function overTime(): Bucket<'@timestamp'> {
  return {
    type: 'date_histogram',
    label: 'Time',
    params: {
      field: '@timestamp',
      useNormalizedOpenSearchInterval: true,
      scaleMetricValues: false,
      interval: 'auto',
      drop_partials: false,
      min_doc_count: 1,
      extended_bounds: {},
    },
  };
}

/** The values of a field that have most, or with `asc` least, of the first metric. */
export function topOf<Field extends FieldName>(
  field: Field,
  size: number,
  label: string,
  order: 'asc' | 'desc' = 'desc',
): Bucket<Field> {
  const params = {
    field,
    orderBy: '1',
    order,
    size,
    otherBucket: false,
    otherBucketLabel: 'other',
    missingBucket: false,
    missingBucketLabel: 'none',
  };
  return { type: 'terms', label, params };
}
