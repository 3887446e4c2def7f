/** A chart over time, a line for each series of its queries. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { chosen } from '../data-sources.ts';
import { DEFAULT_HEIGHT, type PanelBuilder, type PanelFrame, type Unit } from './panel-frame.ts';

export interface LineChart extends PanelFrame {
  readonly unit: Unit;
  readonly queries: readonly Builder<Dataquery>[];
  /** Bars on top of each other, where the lines are parts of a whole. */
  readonly stacked?: true;
  /** Instead of the names that the data source gives: an expression has none. */
  readonly displayName?: string;
}

export function lineChart(chart: LineChart): PanelBuilder {
  const { id, title, description, source, width, height = DEFAULT_HEIGHT, unit, queries } = chart;
  const panel = new TimeSeriesBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(chosen(source))
    .unit(unit)
    .min(0)
    .fillOpacity(chart.stacked ? 60 : 8)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets([...queries])
    .span(width)
    .height(height);
  if (chart.stacked) {
    panel.drawStyle(GraphDrawStyle.Bars).stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  }
  return chart.displayName === undefined ? panel : panel.displayName(chart.displayName);
}
