/** Builds a saved search: which documents, in which columns and order. */
import type { Channel } from '@trailgate/sdk/wire';
import { type Condition, type FieldOf, luceneQuery } from '../conditions/condition.ts';
import { migrationVersion, type SavedSearch, TITLE_PREFIX } from './saved-object.ts';
import { SEARCH_IDS } from './saved-object-ids.ts';
import { patternReference, searchSource } from './search-source.ts';

export interface SearchSpec<C extends Channel> {
  readonly id: keyof typeof SEARCH_IDS;
  readonly title: string;
  readonly description: string;
  readonly where: readonly Condition<FieldOf<C>>[];
  readonly columns: readonly FieldOf<C>[];
  /** @default 'desc', the newest first */
  readonly byTime?: 'asc' | 'desc';
}

export function savedSearch<C extends Channel>(
  channel: C,
  { id, title, description, where, columns, byTime = 'desc' }: SearchSpec<C>,
): SavedSearch {
  return {
    id: SEARCH_IDS[id],
    type: 'search',
    attributes: {
      title: `${TITLE_PREFIX}${title}`,
      description,
      hits: 0,
      columns,
      sort: [['@timestamp', byTime]],
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: searchSource(luceneQuery(where)) },
    },
    references: [patternReference(channel)],
    migrationVersion: migrationVersion('search'),
  };
}
