/** Builds the component templates: settings in one, the fields of each group in one of their own. */
import { FIELD_GROUPS, type FieldGroup } from './fields.ts';
import type { IndexSettings } from './index-options.ts';
import { type Json, propertiesOf } from './mapping.ts';
import { NAME_PREFIX, SCHEMA_META, SCHEMA_VERSION } from './schema-version.ts';

/** For `PUT _component_template/<name>`. */
export interface ComponentTemplate {
  readonly version: number;
  readonly _meta: Json;
  readonly template: { readonly settings?: Json; readonly mappings?: Json };
}

/** Nothing ever adds a field by itself; this leaves room for releases, and no room for a field for every key. */
const MAX_FIELDS = 500;

/** OpenSearch Serverless decides about shards, copies, refresh and compression itself. */
export type EngineKind = 'cluster' | 'serverless';

/** An unknown field is refused, which quarantines its line; text that looks like a date stays text. */
export const MAPPING_ROOT: Json = { dynamic: 'strict', date_detection: false, _meta: SCHEMA_META };

export const SETTINGS_TEMPLATE: string = `${NAME_PREFIX}-settings`;

export function mappingTemplate(group: FieldGroup): string {
  return `${NAME_PREFIX}-${group}`;
}

/** By name, in the order in which they are composed. */
export function componentTemplates(
  settings: IndexSettings,
  engine: EngineKind = 'cluster',
): ReadonlyMap<string, ComponentTemplate> {
  const parts = new Map<string, ComponentTemplate['template']>();
  if (engine === 'cluster') parts.set(SETTINGS_TEMPLATE, { settings: settingsPart(settings) });
  for (const group of ['common', 'business', 'trail'] as const) {
    parts.set(mappingTemplate(group), { mappings: mappingsPart(group) });
  }
  return new Map(
    [...parts].map(([name, template]) => [name, { version: SCHEMA_VERSION, _meta: SCHEMA_META, template }]),
  );
}

/** Numbers as text, which is how OpenSearch keeps them. */
function settingsPart({ shards, replicas, refreshSeconds }: IndexSettings): Json {
  return {
    index: {
      number_of_shards: String(shards),
      number_of_replicas: String(replicas),
      refresh_interval: `${refreshSeconds}s`,
      // Logs repeat themselves: smaller on disk, for a little more work at merging.
      codec: 'best_compression',
      mapping: { total_fields: { limit: String(MAX_FIELDS) } },
    },
  };
}

function mappingsPart(group: FieldGroup): Json {
  const properties = propertiesOf(FIELD_GROUPS[group]);
  return group === 'common' ? { ...MAPPING_ROOT, properties } : { dynamic: 'strict', properties };
}
