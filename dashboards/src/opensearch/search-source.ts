/** What a saved search or a visualization asks its index pattern: a query in Lucene's language, with typed fields. */
import type { BusinessField, TrailField } from '@trailgate/collectors/schema';
import type { Channel } from '@trailgate/sdk/wire';
import type { SavedObjectReference } from './saved-object.ts';
import { PATTERN_IDS } from './saved-object-ids.ts';

export type FieldOf<C extends Channel> = C extends 'business' ? BusinessField : TrailField;

/** One of the values, or with `not` none of them; a value with a `*` at its end is the beginning of one. */
export interface Condition<Field extends string> {
  readonly field: Field | '_index';
  readonly is: readonly string[];
  readonly not?: true;
}

/** All conditions hold. */
export function luceneQuery(conditions: readonly Condition<string>[]): string {
  return conditions
    .map(({ field, is, not }) => {
      const values = is.map((value) => (value.endsWith('*') ? value : `"${value}"`)).join(' OR ');
      return `${not ? 'NOT ' : ''}${field}:(${values})`;
    })
    .join(' AND ');
}

const INDEX_REFERENCE = 'kibanaSavedObjectMeta.searchSourceJSON.index';

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
