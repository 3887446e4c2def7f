/** The index patterns over both channels, which everything else stands on. */
import { indexPattern } from '@trailgate/collectors/schema';
import type { Channel } from '@trailgate/sdk/wire';
import { fieldFormats } from './field-formats.ts';
import { type IndexPattern, migrationVersion } from './saved-object.ts';
import { PATTERN_IDS } from './saved-object-ids.ts';

/** Without fields: Dashboards reads them from the mapping when somebody first looks. */
export function indexPatterns(): readonly IndexPattern[] {
  return (['business', 'trail'] satisfies Channel[]).map((channel) => ({
    id: PATTERN_IDS[channel],
    type: 'index-pattern',
    attributes: {
      title: indexPattern(channel),
      timeFieldName: '@timestamp',
      fieldFormatMap: fieldFormats(),
    },
    references: [],
    migrationVersion: migrationVersion('index-pattern'),
  }));
}
