/** What panels and alert rules ask an index: rows, log lines, the busiest values of a field, numbers over time. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Channel } from '@trailgate/sdk/wire';
import { type Condition, type FieldOf, luceneQuery } from '../../conditions/condition.ts';
import { chosen, type SourceRef } from '../data-sources.ts';
import { type LuceneQuery, luceneQueryOf, type MetricAggregation, type QueryFrame } from './lucene-query.ts';

export interface Asked<C extends Channel> {
  readonly channel: C;
  readonly where: readonly Condition<FieldOf<C>>[];
  /** More of Lucene's language, for what is no condition on one field. */
  readonly and?: string;
  /** @default 'A' */
  readonly refId?: string;
  /** @default what the reader of the dashboard chose */
  readonly datasource?: SourceRef;
}

/** What is counted: documents, events (a folded record counts for all it stands for), or a field's sum, extreme or number of values. */
export type Measure<C extends Channel> =
  | { readonly of: 'documents' }
  | { readonly of: 'events' }
  | { readonly of: 'sum' | 'max' | 'min' | 'distinct'; readonly field: FieldOf<C> };

/** Newest first. */
export function documentsQuery<C extends Channel>(
  asked: Asked<C> & { readonly size: number; readonly order?: 'asc' },
): Builder<LuceneQuery> {
  const { size, order = 'desc' } = asked;
  const settings = { size: String(size), order, useTimeRange: true } as const;
  return luceneQueryOf(frameOf(asked), {
    luceneQueryType: 'RawData',
    metrics: [{ id: '1', type: 'raw_data', settings }],
    bucketAggs: [],
  });
}

export function logLinesQuery<C extends Channel>(
  asked: Asked<C> & { readonly size: number },
): Builder<LuceneQuery> {
  return luceneQueryOf(frameOf(asked), {
    luceneQueryType: 'Logs',
    metrics: [{ id: '1', type: 'logs', settings: { size: String(asked.size) } }],
    bucketAggs: [],
  });
}

/** A row for each of the busiest values: by one field alone, since the plugin loses the outer of two in a table. */
export function rankingQuery<C extends Channel>(
  asked: Asked<C> & {
    readonly by: FieldOf<C>;
    readonly size: number;
    readonly measures: readonly [Measure<C>, ...Measure<C>[]];
  },
): Builder<LuceneQuery> {
  const metrics = asked.measures.map(aggregationOf);
  return luceneQueryOf(frameOf(asked), {
    luceneQueryType: 'Metric',
    metrics,
    bucketAggs: [termsOf(asked.by, asked.size, metrics)],
  });
}

/** A line for all, or for each of the busiest values of a field. */
export function overTimeQuery<C extends Channel>(
  asked: Asked<C> & {
    readonly measure: Measure<C>;
    readonly by?: FieldOf<C>;
    /** Lines at most. @default 10 */
    readonly size?: number;
    /** Of the one line. */
    readonly label?: string;
  },
): Builder<LuceneQuery> {
  const { measure, by, size = 10, label } = asked;
  const metrics = [aggregationOf(measure, 0)];
  const settings = { interval: 'auto', min_doc_count: '0' } as const;
  const alias = by === undefined ? label : `{{term ${by}}}`;
  return luceneQueryOf(frameOf(asked), {
    luceneQueryType: 'Metric',
    metrics,
    bucketAggs: [
      ...(by === undefined ? [] : [termsOf(by, size, metrics)]),
      { id: HISTOGRAM_ID, type: 'date_histogram', field: '@timestamp', settings },
    ],
    ...(alias === undefined ? {} : { alias }),
  });
}

function frameOf<C extends Channel>({ channel, where, and, refId, datasource }: Asked<C>): QueryFrame {
  const query = [...(where.length === 0 ? [] : [luceneQuery(where)]), ...(and === undefined ? [] : [and])];
  return { refId: refId ?? 'A', datasource: datasource ?? chosen(channel), query: query.join(' AND ') };
}

/** Ids of buckets, beyond those of the metrics. */
const TERMS_ID = '10';
const HISTOGRAM_ID = '11';

function termsOf(
  field: string,
  size: number,
  [first]: readonly MetricAggregation[],
): LuceneQuery['bucketAggs'][number] {
  const orderBy = first === undefined || first.type === 'count' ? '_count' : first.id;
  const settings = { min_doc_count: '1', size: String(size), order: 'desc', orderBy } as const;
  return { id: TERMS_ID, type: 'terms', field, settings };
}

function aggregationOf<C extends Channel>(measure: Measure<C>, index: number): MetricAggregation {
  const id = String(index + 1);
  switch (measure.of) {
    case 'documents':
      return { id, type: 'count' };
    case 'events':
      return { id, type: 'sum', field: 'count', settings: { missing: '1' } };
    case 'distinct':
      return { id, type: 'cardinality', field: measure.field };
    default:
      return { id, type: measure.of, field: measure.field };
  }
}
