/** A chart of what collectors or detectors say of themselves, a line for each of them and metric. */
import type { MetricSource } from '../../metrics/metric-source.ts';
import { lineChart } from '../../panels/line-chart.ts';
import type { PanelBuilder, PanelFrame, Unit } from '../../panels/panel-frame.ts';
import { metricQuery } from '../../queries/metric-query.ts';

export interface HealthLine {
  readonly source: MetricSource;
  /** @default 'Sum' */
  readonly statistic?: string;
  /** @default every value of the first dimension */
  readonly of?: string;
}

export const COLLECTOR = '$collector';
export const DETECTOR = '$detector';

export type HealthChart = Omit<PanelFrame, 'source'> & {
  readonly unit: Unit;
  readonly lines: readonly HealthLine[];
};

export function healthChart({ unit, lines, ...frame }: HealthChart): PanelBuilder {
  return lineChart({
    ...frame,
    source: 'cloudwatch',
    unit,
    queries: lines.map(({ source, statistic = 'Sum', of }, index) =>
      metricQuery({
        source,
        statistic,
        refId: String.fromCharCode('A'.charCodeAt(0) + index),
        suffix: statistic === 'Sum' ? source.name : `${source.name} ${statistic}`,
        ...(of === undefined ? {} : { of }),
      }),
    ),
  });
}
