/** The Grafana dashboards, in the order in which a reader goes from one to the next. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { findingsDashboard } from './dashboards/findings/findings.ts';
import { overviewDashboard } from './dashboards/overview/overview.ts';
import { pipelineDashboard } from './dashboards/pipeline/pipeline.ts';
import { requestDashboard } from './dashboards/request/request.ts';
import { trailDashboard } from './dashboards/trail/trail.ts';

export function grafanaDashboards(): readonly Dashboard[] {
  return [
    overviewDashboard(),
    trailDashboard(),
    findingsDashboard(),
    pipelineDashboard(),
    requestDashboard(),
  ];
}
