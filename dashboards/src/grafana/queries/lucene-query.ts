/** The queries of the OpenSearch data source, for which Grafana's builder library has no package; shape of grafana-opensearch-datasource 2.34. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { SourceRef } from '../data-sources.ts';

/** `missing` is what a document without the field counts for. Settings are texts, as the plugin's editor writes them. */
export type MetricAggregation =
  | { readonly id: string; readonly type: 'count' }
  | {
      readonly id: string;
      readonly type: 'sum';
      readonly field: string;
      readonly settings?: { readonly missing: string };
    }
  | { readonly id: string; readonly type: 'max' | 'min' | 'cardinality'; readonly field: string }
  | {
      readonly id: string;
      readonly type: 'raw_data';
      readonly settings: {
        readonly size: string;
        readonly order: 'asc' | 'desc';
        /** Without it the plugin shows documents of any time. */
        readonly useTimeRange: true;
      };
    }
  | { readonly id: string; readonly type: 'logs'; readonly settings: { readonly size: string } };

export type BucketAggregation =
  | {
      readonly id: string;
      readonly type: 'terms';
      readonly field: string;
      readonly settings: {
        readonly min_doc_count: '1';
        readonly size: string;
        readonly order: 'desc';
        /** Id of a metric, or `_count`: the plugin has no other name for the number of documents. */
        readonly orderBy: string;
      };
    }
  | {
      readonly id: string;
      readonly type: 'date_histogram';
      readonly field: '@timestamp';
      readonly settings: { readonly interval: 'auto'; readonly min_doc_count: '0' };
    };

export interface LuceneQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: SourceRef;
  readonly query: string;
  readonly queryType: 'lucene';
  readonly luceneQueryType: 'Metric' | 'RawData' | 'Logs';
  readonly timeField: '@timestamp';
  /** Name of a line, with `{{term FIELD}}`; only charts over time have it. */
  readonly alias?: string;
  readonly metrics: readonly MetricAggregation[];
  /** The histogram comes last. */
  readonly bucketAggs: readonly BucketAggregation[];
}

/** What every query says of itself. */
export interface QueryFrame {
  readonly refId: string;
  readonly datasource: SourceRef;
  /** Lucene; what is empty finds all. */
  readonly query: string;
}

export function luceneQueryOf(
  { refId, datasource, query }: QueryFrame,
  rest: Pick<LuceneQuery, 'luceneQueryType' | 'metrics' | 'bucketAggs' | 'alias'>,
): Builder<LuceneQuery> {
  return {
    build: () => ({
      refId,
      datasource,
      query,
      queryType: 'lucene',
      timeField: '@timestamp',
      ...rest,
      _implementsDataqueryVariant: () => undefined,
    }),
  };
}
