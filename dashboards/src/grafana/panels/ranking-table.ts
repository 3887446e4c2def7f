/** A table of the busiest values of a field, with what was measured of each. */
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Channel } from '@trailgate/sdk/wire';
import type { Condition, FieldOf } from '../../conditions/condition.ts';
import { chosen } from '../data-sources.ts';
import { type Measure, rankingQuery } from '../queries/index-query.ts';
import { DEFAULT_HEIGHT, type PanelBuilder, type PanelFrame, type Unit } from './panel-frame.ts';

export interface RankedColumn<C extends Channel> {
  /** Of a kind that no other column is: the plugin names columns by it. */
  readonly measure: Measure<C>;
  readonly heading: string;
  readonly unit: Unit;
}

export interface RankingTable<C extends Channel> extends PanelFrame {
  readonly source: C;
  readonly where: readonly Condition<FieldOf<C>>[];
  readonly and?: string;
  readonly by: FieldOf<C>;
  readonly heading: string;
  /** Rows are ordered by the first. */
  readonly columns: readonly [RankedColumn<C>, ...RankedColumn<C>[]];
  /** A further column: how much later the second of two is than the first, by their headings. */
  readonly span?: { readonly heading: string; readonly from: string; readonly to: string };
}

const ROWS = 20;

/** The names that the plugin gives to columns. */
const NAMES = {
  documents: 'Count',
  events: 'Sum',
  sum: 'Sum',
  max: 'Max',
  min: 'Min',
  distinct: 'Unique Count',
} as const;

export function rankingTable<C extends Channel>(table: RankingTable<C>): PanelBuilder {
  const { id, title, description, source, width, height = DEFAULT_HEIGHT, where, and, by, columns } = table;
  const [first, ...others] = columns;
  const panel = new TableBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(chosen(source))
    .targets([
      rankingQuery<C>({
        channel: source,
        where,
        ...(and === undefined ? {} : { and }),
        by,
        size: ROWS,
        measures: [first.measure, ...others.map(({ measure }) => measure)],
      }),
    ])
    .withTransformation({
      id: 'organize',
      options: {
        renameByName: Object.fromEntries([
          [by, table.heading],
          ...columns.map(({ measure, heading }) => [NAMES[measure.of], heading]),
        ]),
      },
    })
    .sortBy([new TableSortByFieldStateBuilder().displayName(first.heading).desc(true)])
    .filterable(true)
    .span(width)
    .height(height);
  for (const { heading, unit } of columns) panel.overrideByName(heading, [{ id: 'unit', value: unit }]);
  if (table.span !== undefined) {
    const { heading, from, to } = table.span;
    panel
      .withTransformation({
        id: 'calculateField',
        options: {
          mode: 'binary',
          alias: heading,
          binary: { left: to, operator: '-', right: from },
          replaceFields: false,
        },
      })
      .overrideByName(heading, [{ id: 'unit', value: 'ms' }]);
  }
  return panel;
}
