/** A table of documents, one column a field. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Channel } from '@trailgate/sdk/wire';
import type { FieldOf } from '../../conditions/condition.ts';
import { chosen } from '../data-sources.ts';
import { DEFAULT_HEIGHT, type PanelBuilder, type PanelFrame, type Unit } from './panel-frame.ts';
import type { DataLink } from './request-link.ts';

/** What the plugin makes columns of within fields that take any object, and which of the many indices a row is of. */
type Inner = `cap.${'class' | 'rate' | 'end' | 'mode' | 'strike'}` | 'evidence.attempts';

export interface Column<C extends Channel> {
  readonly field: FieldOf<C> | Inner | '_index';
  readonly heading: string;
  readonly unit?: Unit;
  /** Columns of a row that name a request lead to it. */
  readonly link?: DataLink;
}

export interface DocumentTable<C extends Channel> extends PanelFrame {
  readonly query: Builder<Dataquery>;
  /** In their order; of `@timestamp` the newest come first. */
  readonly columns: readonly Column<C>[];
  /** @default 'desc' */
  readonly order?: 'asc';
}

export function documentTable<C extends Channel>(table: DocumentTable<C>): PanelBuilder {
  const { id, title, description, source, width, height = DEFAULT_HEIGHT, query, columns, order } = table;
  const panel = new TableBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(chosen(source))
    .targets([query])
    .withTransformation({
      id: 'organize',
      options: {
        includeByName: Object.fromEntries(columns.map(({ field }) => [field, true])),
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map(({ field, heading }) => [field, heading])),
      },
    })
    .filterable(true)
    .span(width)
    .height(height);
  const time = columns.find(({ field }) => field === '@timestamp');
  if (time !== undefined) {
    panel.sortBy([new TableSortByFieldStateBuilder().displayName(time.heading).desc(order === undefined)]);
  }
  for (const { heading, unit, link } of columns) {
    const properties = [
      ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
      ...(link === undefined ? [] : [{ id: 'links', value: [link] }]),
    ];
    if (properties.length > 0) panel.overrideByName(heading, properties);
  }
  return panel;
}
