/** One number for the range that is shown. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { chosen } from '../data-sources.ts';
import { DEFAULT_HEIGHT, type PanelBuilder, type PanelFrame, type Unit } from './panel-frame.ts';

export interface NumberPanel extends PanelFrame {
  readonly unit: Unit;
  readonly queries: readonly Builder<Dataquery>[];
  /** How the points of the range become one. */
  readonly by: 'sum' | 'max' | 'lastNotNull';
  /** Of each series, where there are several. */
  readonly displayName?: string;
}

export function numberPanel(panel: NumberPanel): PanelBuilder {
  const { id, title, description, source, width, height = DEFAULT_HEIGHT, unit, queries, by } = panel;
  const stat = new StatBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(chosen(source))
    .unit(unit)
    .noValue('0')
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs([by]).fields(''))
    .graphMode(BigValueGraphMode.Area)
    .colorMode(BigValueColorMode.None)
    .targets([...queries])
    .span(width)
    .height(height);
  return panel.displayName === undefined ? stat : stat.displayName(panel.displayName);
}
