/** Turns fields into the properties of an OpenSearch mapping. */
import type { IndexField } from './index-field.ts';

/** A piece of JSON as OpenSearch's interfaces take it. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * Longest keyword that is searchable, in characters of UTF-16; a longer one is only stored. Lucene refuses terms over
 * 32,766 bytes of UTF-8, and no such character takes more than three: 8,191 leaves room, and still finds the
 * long paths and user agents that attacks come with.
 */
export const IGNORE_ABOVE = 8_191;

/** Dotted names become nested properties. */
export function propertiesOf(fields: readonly IndexField[]): Json {
  const properties: Record<string, unknown> = {};
  for (const field of fields) place(properties, field.name.split('.'), mappingOf(field));
  return properties;
}

function mappingOf(field: IndexField): Json {
  switch (field.type) {
    case 'keyword':
      return { type: 'keyword', ignore_above: IGNORE_ABOVE };
    case 'ip':
      // The address of a client behind an odd proxy must not cost the document.
      return { type: 'ip', ignore_malformed: true };
    case 'stored':
      return { type: 'object', enabled: false };
    case 'alias':
      return { type: 'alias', path: field.path };
    default:
      return { type: field.type };
  }
}

function place(properties: Record<string, unknown>, path: readonly string[], mapping: Json): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    properties[name] = mapping;
    return;
  }
  const parent = (properties[name] ?? { properties: {} }) as { properties: Record<string, unknown> };
  properties[name] = parent;
  place(parent.properties, rest, mapping);
}
