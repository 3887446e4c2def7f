/** All that OpenSearch Dashboards is given, as the text of an import file. */
import { indexPatterns } from './index-patterns.ts';
import type { SavedObject } from './saved-object.ts';
import { savedSearches } from './saved-searches.ts';
import { trailDashboard } from './trail-dashboard.ts';

/** NDJSON for `POST /api/saved_objects/_import`: what is referred to comes before what refers to it. */
export function openSearchSavedObjects(): string {
  return savedObjects()
    .map((object) => `${JSON.stringify(object)}\n`)
    .join('');
}

export function savedObjects(): readonly SavedObject[] {
  return [...indexPatterns(), ...savedSearches(), ...trailDashboard()];
}
