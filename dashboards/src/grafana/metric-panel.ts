/** A chart of one Trailgate metric, a line for each service and statistic. */
import {
  MetricEditorMode,
  MetricQueryType,
  MetricsQueryBuilder,
  QueryMode,
} from '@grafana/grafana-foundation-sdk/cloudwatch';
import {
  LegendDisplayMode,
  LegendPlacement,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { METRIC_NAMESPACE, METRICS, type MetricKey } from '@trailgate/sdk/wire';
import { cloudwatch } from './data-sources.ts';

export interface MetricPanelOptions {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly metric: MetricKey;
  /** CloudWatch statistics: `Sum`, `p50`, … */
  readonly statistics: readonly string[];
  /** Grid columns of 24. */
  readonly width: number;
}

/** Grafana's ids of the CloudWatch units that the metrics have. */
const UNITS: Readonly<Record<(typeof METRICS)[MetricKey]['unit'], string>> = {
  Count: 'short',
  Milliseconds: 'ms',
};

/** CloudWatch puts the dimension's value here. */
const SERVICE_NAME = `\${PROP('Dim.Service')}`;

export function metricPanel(options: MetricPanelOptions): PanelBuilder {
  const { id, title, description, metric, statistics, width } = options;
  const { name, unit } = METRICS[metric];
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(cloudwatch)
    .unit(UNITS[unit])
    .min(0)
    .fillOpacity(8)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .span(width)
    .height(8);
  for (const [index, statistic] of statistics.entries()) {
    const refId = String.fromCharCode('A'.charCodeAt(0) + index);
    panel.withTarget(
      new MetricsQueryBuilder()
        .refId(refId)
        .id(refId.toLowerCase())
        .datasource(cloudwatch)
        .queryMode(QueryMode.Metrics)
        .metricQueryType(MetricQueryType.Search)
        .metricEditorMode(MetricEditorMode.Builder)
        .namespace(METRIC_NAMESPACE)
        .metricName(name)
        // Each service, and not the rows that are split by route beside it.
        .dimensions({ Service: '*' })
        .matchExact(true)
        .statistic(statistic)
        .region('default')
        .period('') // by the range that is shown
        .label(statistics.length > 1 ? `${SERVICE_NAME} ${statistic}` : SERVICE_NAME),
    );
  }
  return panel;
}
