/** A table of the newest documents of the trail index, one column a field. */
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { TrailField } from '@trailgate/collectors/schema';
import { trailIndex } from './data-sources.ts';
import { documentsQuery } from './opensearch-query.ts';

export interface DocumentTableOptions {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  /** Every term that the documents must (or with `not`, must not) have. */
  readonly where: readonly { readonly field: TrailField; readonly is: string; readonly not?: true }[];
  /** In the order of the columns, each with its heading; the newest come first by `@timestamp`. */
  readonly columns: readonly (readonly [field: TrailField, heading: string])[];
}

const MAX_ROWS = 200;

export function documentTable({
  id,
  title,
  description,
  where,
  columns,
}: DocumentTableOptions): PanelBuilder {
  const query = where.map(({ field, is, not }) => `${not ? 'NOT ' : ''}${field}:"${is}"`).join(' AND ');
  return new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(trailIndex)
    .withTarget(documentsQuery({ refId: 'A', datasource: trailIndex, query, size: MAX_ROWS }))
    .withTransformation({
      id: 'organize',
      options: {
        includeByName: Object.fromEntries(columns.map(([field]) => [field, true])),
        indexByName: Object.fromEntries(columns.map(([field], index) => [field, index])),
        renameByName: Object.fromEntries(columns),
      },
    })
    .sortBy([new TableSortByFieldStateBuilder().displayName(headingOf(columns, '@timestamp')).desc(true)])
    .filterable(true)
    .span(24)
    .height(10);
}

function headingOf(columns: DocumentTableOptions['columns'], field: TrailField): string {
  return columns.find(([name]) => name === field)?.[1] ?? field;
}
