/** Builds a dashboard: the visualizations that it shows, and the dashboard that places them. */
import { DASHBOARD_TITLES, type DashboardName } from '../dashboard-titles.ts';
import { dashboardLinks } from './dashboard-links.ts';
import { type Panel, panel, placed } from './panel.ts';
import {
  migrationVersion,
  type SavedObject,
  type SavedObjectReference,
  TITLE_PREFIX,
  type Visualization,
} from './saved-object.ts';
import { DASHBOARD_IDS } from './saved-object-ids.ts';
import { NO_SEARCH } from './search-source.ts';

export interface DashboardSpec {
  readonly name: DashboardName;
  readonly description: string;
  /** How far back it looks when it is opened, as `now-24h`. */
  readonly from: string;
  readonly panels: readonly Panel[];
}

/** What is shown comes first; the links to the other dashboards, which all have, are not among it. */
export function dashboard({ name, description, from, panels }: DashboardSpec): readonly SavedObject[] {
  const shown = [panel(48, 4, dashboardLinks()), ...panels];
  return [
    ...panels.map(({ shows }) => shows).filter((shows): shows is Visualization => 'attributes' in shows),
    {
      id: DASHBOARD_IDS[name],
      type: 'dashboard',
      attributes: {
        title: `${TITLE_PREFIX}${DASHBOARD_TITLES[name]}`,
        description,
        hits: 0,
        panelsJSON: JSON.stringify(placed(shown)),
        optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }),
        timeRestore: true,
        timeFrom: from,
        timeTo: 'now',
        refreshInterval: { pause: false, value: 60_000 },
        version: 1,
        kibanaSavedObjectMeta: { searchSourceJSON: NO_SEARCH },
      },
      references: shown.map(
        ({ shows: { type, id } }, at): SavedObjectReference => ({ name: `panel_${at}`, type, id }),
      ),
      migrationVersion: migrationVersion('dashboard'),
    },
  ];
}
