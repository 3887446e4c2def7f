/** The line at the top of each dashboard, which leads to the others. */
import { DASHBOARD_TITLES, type DashboardName } from '../dashboard-titles.ts';
import { note } from './note.ts';
import type { Visualization } from './saved-object.ts';
import { DASHBOARD_IDS, SEARCH_IDS } from './saved-object-ids.ts';

/** Relative to `<where Dashboards is served>/app/`, where every dashboard is. */
export function dashboardLink(name: DashboardName): string {
  return `[${DASHBOARD_TITLES[name]}](dashboards#/view/${DASHBOARD_IDS[name]})`;
}

export function searchLink(text: string, search: keyof typeof SEARCH_IDS): string {
  return `[${text}](discover#/view/${SEARCH_IDS[search]})`;
}

export function dashboardLinks(): Visualization {
  const names = Object.keys(DASHBOARD_TITLES) as DashboardName[];
  return note({
    id: 'trailgate-vis-links',
    title: 'dashboards',
    description: 'Links to the dashboards.',
    markdown: [names.map(dashboardLink).join(' · ')],
  });
}
