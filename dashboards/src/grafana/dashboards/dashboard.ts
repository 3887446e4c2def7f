/** What the dashboards have in common: data sources to choose, links to each other, rows of panels, not editable in place. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DASHBOARD_TITLES, type DashboardName } from '../../dashboard-titles.ts';
import { dataSourceVariable, type SourceName } from '../data-sources.ts';
import type { PanelBuilder } from '../panels/panel-frame.ts';
import { DASHBOARD_UIDS } from './dashboard-ids.ts';

export interface DashboardSpec {
  readonly name: DashboardName;
  readonly description: string;
  /** Begin of the range that is shown first. */
  readonly from: `now-${number}${'h' | 'd'}`;
  readonly sources: readonly SourceName[];
  /** Beside the data sources, in the order that they need each other. */
  readonly variables?: readonly Builder<VariableModel>[];
  readonly rows: readonly PanelRow[];
}

export interface PanelRow {
  readonly title: string;
  /** Each line of them 24 columns wide, of one height. */
  readonly panels: readonly PanelBuilder[];
}

const TAG = 'trailgate';
/** Ids of rows, beyond those of panels. */
const ROW_IDS = 1_000;

export function dashboardOf({ name, description, from, sources, variables, rows }: DashboardSpec): Dashboard {
  const dashboard = new DashboardBuilder(`Trailgate: ${DASHBOARD_TITLES[name]}`)
    .uid(DASHBOARD_UIDS[name])
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .link(
      new DashboardLinkBuilder('Trailgate')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .includeVars(true)
        .keepTime(true),
    );
  for (const source of sources) dashboard.withVariable(dataSourceVariable(source));
  for (const variable of variables ?? []) dashboard.withVariable(variable);
  for (const [index, { title, panels }] of rows.entries()) {
    dashboard.withRow(new RowBuilder(title).id(ROW_IDS + index));
    for (const panel of panels) dashboard.withPanel(panel);
  }
  const built = dashboard.build();
  return { ...built, templating: { list: (built.templating.list ?? []).map(withoutInterval) } };
}

/** The builders give every variable settings of intervals, which Grafana's own schema knows for those alone. */
function withoutInterval({
  auto: _,
  auto_min: __,
  auto_count: ___,
  ...variable
}: VariableModel): VariableModel {
  return variable;
}
