/** Builds the roles of the security plugin: each audience may do what its work needs, and no more. */
import type { Channel } from '@trailgate/sdk/wire';
import type { IndexSettings } from './index-options.ts';
import { channelAlias, indexPattern } from './index-template.ts';
import { NAME_PREFIX } from './schema-version.ts';

/** For `PUT _plugins/_security/api/roles/<name>`. */
export interface AudienceRole {
  readonly description: string;
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly IndexPermission[];
}

export interface IndexPermission {
  readonly index_patterns: readonly string[];
  /** Only documents that match this query, as JSON text, are seen. */
  readonly dls?: string;
  readonly allowed_actions: readonly string[];
}

export const AUDIENCES = ['collector', 'detector', 'security', 'developer', 'dashboards'] as const;
export type Audience = (typeof AUDIENCES)[number];

export function roleName(audience: Audience, tenant?: string): string {
  return `${NAME_PREFIX}_${audience}${tenant === undefined ? '' : `_${tenant}`}`;
}

/** The plugin's group for searches over several indices at once, which it checks at the level of the cluster. */
const SEARCH_TOGETHER = ['cluster_composite_ops_ro'];

/**
 * By name. The plugin knows no right to create documents without the right to write over them; which of the two happens
 * is up to the caller, and the trail's hash chain shows it. `create_index` and `write` of the plugin would also
 * allow to change mappings, `write` to delete.
 */
export function audienceRoles({
  tenants,
}: Pick<IndexSettings, 'tenants'>): ReadonlyMap<string, AudienceRole> {
  return new Map([
    [
      roleName('collector'),
      writer('Trailgate collector: adds documents to both channels', 'business', 'trail'),
    ],
    [roleName('detector'), writer('Trailgate detector: adds findings to the trail', 'trail')],
    [roleName('security'), reader('Trailgate security team: reads the trail', ['trail'])],
    [roleName('developer'), reader('Trailgate developers: read business documents', ['business'])],
    [roleName('dashboards'), dashboards()],
    ...tenants.map((tenant): [string, AudienceRole] => [
      roleName('developer', tenant),
      reader(`Trailgate developers of tenant ${tenant}: read its business documents`, ['business'], tenant),
    ]),
  ]);
}

/** The collector's first document of a day makes the index, whose alias comes from the template. */
function writer(description: string, ...channels: readonly Channel[]): AudienceRole {
  return {
    description,
    cluster_permissions: ['indices:data/write/bulk'],
    index_permissions: [
      {
        index_patterns: channels.map(indexPattern),
        allowed_actions: ['indices:admin/create', 'indices:data/write/bulk*', 'indices:data/write/index'],
      },
    ],
  };
}

function reader(description: string, channels: readonly Channel[], tenant?: string): AudienceRole {
  const dls = tenant === undefined ? {} : { dls: JSON.stringify({ term: { tenant } }) };
  return {
    description,
    cluster_permissions: SEARCH_TOGETHER,
    index_permissions: [{ index_patterns: channels.flatMap(names), ...dls, allowed_actions: ['read'] }],
  };
}

/** For the account of a dashboard server, which also asks for the engine's version and the fields there are. */
function dashboards(): AudienceRole {
  return {
    description: 'Trailgate dashboards: read both channels and their fields',
    cluster_permissions: [...SEARCH_TOGETHER, 'cluster:monitor/main'],
    index_permissions: [
      {
        index_patterns: [...names('business'), ...names('trail')],
        allowed_actions: ['read', 'indices:admin/get', 'indices:admin/mappings/get'],
      },
    ],
  };
}

function names(channel: Channel): readonly string[] {
  return [channelAlias(channel), indexPattern(channel)];
}
