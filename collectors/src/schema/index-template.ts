/** Builds the index template of a channel from the component templates, with the alias that all its indices carry. */
import type { Channel } from '@trailgate/sdk/wire';
import { type EngineKind, MAPPING_ROOT, mappingTemplate, SETTINGS_TEMPLATE } from './component-templates.ts';
import { FIELDS } from './fields.ts';
import { type Json, propertiesOf } from './mapping.ts';
import { NAME_PREFIX, SCHEMA_META, SCHEMA_VERSION } from './schema-version.ts';

/** For `PUT _index_template/<name>`. */
export interface IndexTemplate {
  readonly index_patterns: readonly string[];
  readonly composed_of: readonly string[];
  readonly priority: number;
  readonly version: number;
  readonly _meta: Json;
  readonly template: { readonly aliases: Json };
}

/** Of the indices of days or months and the late ones; no index of this name is ever made. */
export function indexPattern(channel: Channel): string {
  return `${channel}-*`;
}

/**
 * Name of the alias over all indices of a channel: for what takes no pattern, as document-level monitors. The
 * indices are made by the collector's first document of a day or month, so the alias has to be in the template.
 */
export function channelAlias(channel: Channel): string {
  return channel;
}

export function indexTemplateName(channel: Channel): string {
  return `${NAME_PREFIX}-${channel}`;
}

export function indexTemplate(channel: Channel, engine: EngineKind = 'cluster'): IndexTemplate {
  return {
    index_patterns: [indexPattern(channel)],
    composed_of: [
      ...(engine === 'serverless' ? [] : [SETTINGS_TEMPLATE]),
      mappingTemplate('common'),
      mappingTemplate(channel),
    ],
    priority: 100,
    version: SCHEMA_VERSION,
    _meta: SCHEMA_META,
    template: { aliases: { [channelAlias(channel)]: {} } },
  };
}

/** The whole mapping of a channel's indices, as OpenSearch composes it from the templates. */
export function indexMapping(channel: Channel): Json {
  return { ...MAPPING_ROOT, properties: propertiesOf(FIELDS[channel]) };
}
