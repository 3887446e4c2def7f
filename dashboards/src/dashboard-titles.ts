/** Names of the five dashboards, which are the same in Grafana and in OpenSearch Dashboards. */
export const DASHBOARD_TITLES = {
  overview: 'Overview',
  trail: 'Security trail',
  findings: 'Findings and caps',
  pipeline: 'Pipeline health',
  request: 'One request',
} as const;

export type DashboardName = keyof typeof DASHBOARD_TITLES;
