/** What a saved search or a visualization asks its index pattern. */
import type { Channel } from '@trailgate/sdk/wire';
import type { SavedObjectReference } from './saved-object.ts';
import { PATTERN_IDS } from './saved-object-ids.ts';

const INDEX_REFERENCE = 'kibanaSavedObjectMeta.searchSourceJSON.index';

/** Of what asks nothing itself: dashboards, texts, fields of choice. */
export const NO_SEARCH: string = JSON.stringify({ query: { query: '', language: 'lucene' }, filter: [] });

export function searchSource(query: string): string {
  return JSON.stringify({
    query: { query, language: 'lucene' },
    filter: [],
    indexRefName: INDEX_REFERENCE,
  });
}

export function patternReference(channel: Channel): SavedObjectReference {
  return { name: INDEX_REFERENCE, type: 'index-pattern', id: PATTERN_IDS[channel] };
}
