/** Builds queries of the OpenSearch data source, for which Grafana's builder library has no package. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** The newest documents that match, a row each; shape of grafana-opensearch-datasource 2.x. */
export interface DocumentsQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  /** Lucene. */
  readonly query: string;
  readonly queryType: 'lucene';
  readonly luceneQueryType: 'RawData';
  readonly timeField: '@timestamp';
  readonly metrics: readonly {
    readonly id: string;
    readonly type: 'raw_data';
    readonly settings: { readonly size: string };
  }[];
  readonly bucketAggs: readonly [];
}

export interface DocumentsOptions {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  readonly query: string;
  /** Most documents to fetch. */
  readonly size: number;
}

export function documentsQuery({ size, ...options }: DocumentsOptions): Builder<DocumentsQuery> {
  return {
    build: () => ({
      ...options,
      queryType: 'lucene',
      luceneQueryType: 'RawData',
      timeField: '@timestamp',
      metrics: [{ id: '1', type: 'raw_data', settings: { size: String(size) } }],
      bucketAggs: [],
      _implementsDataqueryVariant: () => undefined,
    }),
  };
}
