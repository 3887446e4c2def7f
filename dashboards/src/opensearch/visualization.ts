/** Builds the three kinds of picture that the dashboards have: a number, bars over time, a table of the busiest. */
import type { TrailField } from '@trailgate/collectors/schema';
import { type Condition, luceneQuery } from '../conditions/condition.ts';
import type { Aggregation } from './aggregation.ts';
import { migrationVersion, type Visualization } from './saved-object.ts';
import { patternReference, searchSource } from './search-source.ts';

export interface PictureSpec {
  readonly id: string;
  readonly title: string;
  /** What is counted, and over what. */
  readonly description: string;
  readonly where: readonly Condition<TrailField>[];
  readonly kind: 'number' | 'bars' | 'table';
  readonly aggregations: readonly Aggregation[];
}

/** Over the trail. */
export function visualization({
  id,
  title,
  description,
  where,
  kind,
  aggregations,
}: PictureSpec): Visualization {
  return {
    id,
    type: 'visualization',
    attributes: {
      title: `Trailgate: ${title}`,
      description,
      visState: JSON.stringify({ title, ...PICTURES[kind], aggs: aggregations }),
      uiStateJSON: '{}',
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: searchSource(luceneQuery(where)) },
    },
    references: [patternReference('trail')],
    migrationVersion: migrationVersion('visualization'),
  };
}

const NUMBER = {
  type: 'metric',
  params: {
    addTooltip: true,
    addLegend: false,
    type: 'metric',
    metric: {
      percentageMode: false,
      useRanges: false,
      colorSchema: 'Green to Red',
      metricColorMode: 'None',
      colorsRange: [{ from: 0, to: 10_000 }],
      labels: { show: true },
      invertColors: false,
      style: { bgFill: '#000', bgColor: false, labelColor: false, subText: '', fontSize: 48 },
    },
  },
};

const TABLE = {
  type: 'table',
  params: {
    perPage: 10,
    showPartialRows: false,
    showMetricsAtAllLevels: false,
    showTotal: false,
    totalFunc: 'sum',
    percentageCol: '',
  },
};

const BARS = {
  type: 'histogram',
  params: {
    type: 'histogram',
    grid: { categoryLines: false },
    categoryAxes: [
      {
        id: 'CategoryAxis-1',
        type: 'category',
        position: 'bottom',
        show: true,
        style: {},
        scale: { type: 'linear' },
        labels: { show: true, filter: true, truncate: 100 },
        title: {},
      },
    ],
    valueAxes: [
      {
        id: 'ValueAxis-1',
        name: 'LeftAxis-1',
        type: 'value',
        position: 'left',
        show: true,
        style: {},
        scale: { type: 'linear', mode: 'normal' },
        labels: { show: true, rotate: 0, filter: false, truncate: 100 },
        title: { text: 'Events' },
      },
    ],
    seriesParams: [
      {
        show: true,
        type: 'histogram',
        mode: 'stacked',
        data: { label: 'Events', id: '1' },
        valueAxis: 'ValueAxis-1',
        drawLinesBetweenPoints: true,
        lineWidth: 2,
        showCircles: true,
      },
    ],
    addTooltip: true,
    addLegend: true,
    legendPosition: 'right',
    times: [],
    addTimeMarker: false,
    labels: { show: false },
    thresholdLine: { show: false, value: 10, width: 1, style: 'full', color: '#E7664C' },
  },
};

const PICTURES = { number: NUMBER, bars: BARS, table: TABLE } as const;
