/** What documents a picture, a saved search or a table is about: typed fields, written as a query in Lucene's language. */
import type { BusinessField, TrailField } from '@trailgate/collectors/schema';
import type { Channel } from '@trailgate/sdk/wire';

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
