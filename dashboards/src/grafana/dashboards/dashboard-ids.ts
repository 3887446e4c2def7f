/** Uids of the dashboards, and ids of the panels that alerts lead to: they stay as they are, because links carry them. */
import type { DashboardName } from '../../dashboard-titles.ts';

export const DASHBOARD_UIDS: Readonly<Record<DashboardName, string>> = {
  overview: 'trailgate-overview',
  trail: 'trailgate-trail',
  findings: 'trailgate-findings',
  pipeline: 'trailgate-pipeline',
  request: 'trailgate-request',
};
