/** How each kind of picture looks, in the parameters that its visualization type has by default. */

/** Lines and bars stand for the number of their own first metric. */
export type ChartKind = 'bars' | 'lines' | 'ranking';

export const NUMBER_PARAMS = {
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
    style: { bgFill: '#000', bgColor: false, labelColor: false, subText: '', fontSize: 36 },
  },
};

export const TABLE_PARAMS = {
  perPage: 10,
  showPartialRows: false,
  showMetricsAtAllLevels: false,
  showTotal: false,
  totalFunc: 'sum',
  percentageCol: '',
};

interface Shape {
  /** Of a series: bars that lie are a histogram as well. */
  readonly drawn: 'histogram' | 'line';
  readonly mode: 'stacked' | 'normal';
  readonly categories: { readonly position: 'bottom' | 'left'; readonly labels: object };
  readonly values: { readonly position: 'bottom' | 'left'; readonly labels: object };
}

const UPRIGHT = {
  categories: { position: 'bottom', labels: { show: true, filter: true, truncate: 100 } },
  values: { position: 'left', labels: { show: true, rotate: 0, filter: false, truncate: 100 } },
} as const;

const SHAPES: Readonly<Record<ChartKind, Shape>> = {
  bars: { drawn: 'histogram', mode: 'stacked', ...UPRIGHT },
  lines: { drawn: 'line', mode: 'normal', ...UPRIGHT },
  ranking: {
    drawn: 'histogram',
    mode: 'stacked',
    categories: { position: 'left', labels: { show: true, rotate: 0, filter: false, truncate: 200 } },
    values: { position: 'bottom', labels: { show: true, rotate: 75, filter: true, truncate: 100 } },
  },
};

/** `label` is of the one metric, whose aggregation has the id `1`. */
export function chartParams(kind: ChartKind, label: string): object {
  const { drawn, mode, categories, values } = SHAPES[kind];
  return {
    type: drawn,
    grid: { categoryLines: false },
    categoryAxes: [
      {
        id: 'CategoryAxis-1',
        type: 'category',
        show: true,
        style: {},
        scale: { type: 'linear' },
        title: {},
        ...categories,
      },
    ],
    valueAxes: [
      {
        id: 'ValueAxis-1',
        name: 'LeftAxis-1',
        type: 'value',
        show: true,
        style: {},
        scale: { type: 'linear', mode: 'normal' },
        title: { text: label },
        ...values,
      },
    ],
    seriesParams: [
      {
        show: true,
        type: drawn,
        mode,
        data: { label, id: '1' },
        valueAxis: 'ValueAxis-1',
        drawLinesBetweenPoints: true,
        lineWidth: 2,
        ...(drawn === 'line' && { interpolate: 'linear' }),
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
  };
}
