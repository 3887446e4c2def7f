/** Builds the composable index template of a channel, for `PUT _index_template/<name>`. */
import type { Channel } from '@trailgate/sdk/wire';
import { FIELDS, type IndexField } from './fields.ts';

/** Rises with each change of the template, so that a deployment knows the newer one. */
export const TEMPLATE_VERSION = 2;

/** Longest keyword that is searchable; Lucene refuses terms over 32,766 bytes, and a longer value is still stored. */
const IGNORE_ABOVE = 1_024;

export type Mapping = Readonly<Record<string, unknown>>;

export interface IndexTemplate {
  readonly index_patterns: readonly string[];
  readonly priority: number;
  readonly version: number;
  readonly template: {
    readonly settings: Mapping;
    readonly mappings: {
      readonly dynamic: 'strict';
      readonly date_detection: false;
      readonly properties: Mapping;
    };
  };
}

/** Matches the daily indices and the late one. An unknown field is refused, which quarantines its line. */
export function indexTemplate(channel: Channel): IndexTemplate {
  const properties: Record<string, unknown> = {};
  for (const field of FIELDS[channel]) place(properties, field.name.split('.'), mappingOf(field));
  return {
    index_patterns: [`${channel}-*`],
    priority: 100,
    version: TEMPLATE_VERSION,
    template: {
      settings: { index: { number_of_shards: 1, refresh_interval: '1s' } },
      mappings: { dynamic: 'strict', date_detection: false, properties },
    },
  };
}

function mappingOf(field: IndexField): Mapping {
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

function place(properties: Record<string, unknown>, path: readonly string[], mapping: Mapping): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    properties[name] = mapping;
    return;
  }
  const parent = (properties[name] ?? { properties: {} }) as { properties: Record<string, unknown> };
  properties[name] = parent;
  place(parent.properties, rest, mapping);
}
