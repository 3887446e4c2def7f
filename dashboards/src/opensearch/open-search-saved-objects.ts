/** All that OpenSearch Dashboards is given, as the text of an import file. */
import { dashboardLinks } from './dashboard-links.ts';
import { findingsDashboard } from './dashboards/findings.ts';
import { overviewDashboard } from './dashboards/overview.ts';
import { pipelineDashboard } from './dashboards/pipeline.ts';
import { requestDashboard } from './dashboards/request.ts';
import { trailDashboard } from './dashboards/trail.ts';
import { indexPatterns } from './index-patterns.ts';
import type { SavedObject } from './saved-object.ts';
import { savedSearches } from './saved-searches.ts';

/** NDJSON for `POST /api/saved_objects/_import`: what is referred to comes before what refers to it. */
export function openSearchSavedObjects(): string {
  return savedObjects()
    .map((object) => `${JSON.stringify(object)}\n`)
    .join('');
}

export function savedObjects(): readonly SavedObject[] {
  return [
    ...indexPatterns(),
    ...savedSearches(),
    dashboardLinks(),
    ...overviewDashboard(),
    ...trailDashboard(),
    ...findingsDashboard(),
    ...pipelineDashboard(),
    ...requestDashboard(),
  ];
}
