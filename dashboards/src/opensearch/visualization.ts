/** Builds a picture: which documents it is of, what it computes, by what it is split and how it looks. */
import type { Channel } from '@trailgate/sdk/wire';
import { type Condition, type FieldOf, luceneQuery } from '../conditions/condition.ts';
import type { Bucket, Metric } from './aggregation.ts';
import { type ChartKind, chartParams, NUMBER_PARAMS, TABLE_PARAMS } from './chart-params.ts';
import {
  migrationVersion,
  type SavedObjectReference,
  TITLE_PREFIX,
  type Visualization,
} from './saved-object.ts';
import { patternReference, searchSource } from './search-source.ts';

export interface PictureSpec<C extends Channel> {
  readonly id: string;
  readonly title: string;
  /** What is counted, and over what. */
  readonly description: string;
  readonly channel: C;
  readonly where: readonly Condition<FieldOf<C>>[];
  readonly kind: 'number' | 'table' | ChartKind;
  /** A chart has one. */
  readonly metrics: readonly [Metric<FieldOf<C>>, ...Metric<FieldOf<C>>[]];
  /** Of a chart, the first is its axis and the others are its series. */
  readonly buckets?: readonly Bucket<FieldOf<C>>[];
}

export function picture<C extends Channel>(spec: PictureSpec<C>): Visualization {
  const { channel, where, kind, metrics } = spec;
  const [{ label }] = metrics;
  return visualization({
    ...spec,
    state: { type: TYPES[kind], params: paramsOf(kind, label), aggs: aggregations(spec) },
    searchSource: searchSource(luceneQuery(where)),
    references: [patternReference(channel)],
  });
}

export interface VisualizationSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly state: { readonly type: string; readonly params: object; readonly aggs: readonly object[] };
  readonly searchSource: string;
  readonly references: readonly SavedObjectReference[];
}

/** The saved object of any type of visualization. */
export function visualization({
  id,
  title,
  description,
  state,
  searchSource,
  references,
}: VisualizationSpec): Visualization {
  return {
    id,
    type: 'visualization',
    attributes: {
      title: `${TITLE_PREFIX}${title}`,
      description,
      visState: JSON.stringify({ title, ...state }),
      uiStateJSON: '{}',
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: searchSource },
    },
    references,
    migrationVersion: migrationVersion('visualization'),
  };
}

type Kind = PictureSpec<Channel>['kind'];

const TYPES: Readonly<Record<Kind, string>> = {
  number: 'metric',
  table: 'table',
  bars: 'histogram',
  lines: 'line',
  ranking: 'horizontal_bar',
};

function paramsOf(kind: Kind, label: string): object {
  switch (kind) {
    case 'number':
      return NUMBER_PARAMS;
    case 'table':
      return TABLE_PARAMS;
    default:
      return chartParams(kind, label);
  }
}

/** Numbered from 1 in their order, metrics first: buckets are ordered by number 1. */
function aggregations<C extends Channel>({ kind, metrics, buckets = [] }: PictureSpec<C>): readonly object[] {
  return [
    ...metrics.map((metric) => ({ schema: 'metric', ...metric })),
    ...buckets.map((bucket, at) => {
      const schema = bucketSchema(kind, at);
      // What is not among the most frequent series is drawn as one more, so that the height of a bar is the whole.
      const other = schema === 'group' ? { otherBucket: true } : {};
      return { schema, ...bucket, params: { ...bucket.params, ...other } };
    }),
  ].map(({ type, schema, label, params }, at) => ({
    id: String(at + 1),
    enabled: true,
    type,
    schema,
    params: { ...params, customLabel: label },
  }));
}

function bucketSchema(kind: Kind, at: number): 'bucket' | 'group' | 'segment' {
  if (kind === 'table') return 'bucket';
  return kind === 'number' || at > 0 ? 'group' : 'segment';
}
