/** Builds the lifecycle policy (Index State Management) of a channel's indices. */
import type { Channel } from '@trailgate/sdk/wire';
import type { IndexSettings } from './index-options.ts';
import { indexPattern } from './index-template.ts';
import type { Json } from './mapping.ts';
import { NAME_PREFIX, SCHEMA_VERSION } from './schema-version.ts';

/** For `PUT _plugins/_ism/policies/<name>`, under the key `policy`. */
export interface LifecyclePolicy {
  readonly description: string;
  readonly default_state: string;
  readonly states: readonly LifecycleState[];
  readonly ism_template: readonly { readonly index_patterns: readonly string[]; readonly priority: number }[];
}

export interface LifecycleState {
  readonly name: string;
  readonly actions: readonly Json[];
  readonly transitions: readonly {
    readonly state_name: string;
    readonly conditions: { readonly min_index_age: string };
  }[];
}

/** Two policies of one priority may not match the same index. */
const PRIORITY = 100;

export function lifecyclePolicyName(channel: Channel): string {
  return `${NAME_PREFIX}-${channel}`;
}

/** Business: hot, deleted. Trail: hot, merged for good (warm), deleted. Ages count from the making of the index. */
export function lifecyclePolicy(channel: Channel, settings: IndexSettings): LifecyclePolicy {
  const days = channel === 'business' ? settings.businessDays : settings.trailDays;
  const warm = channel === 'trail' && settings.warmDays < days ? settings.warmDays : undefined;
  return {
    description: `Trailgate ${channel} indices, schema ${SCHEMA_VERSION}: deleted after ${days} days`,
    default_state: 'hot',
    states: [
      {
        name: 'hot',
        actions: [],
        transitions: [warm === undefined ? after(days, 'delete') : after(warm, 'warm')],
      },
      ...(warm === undefined ? [] : [warmState(days)]),
      { name: 'delete', actions: [{ delete: {} }], transitions: [] },
    ],
    ism_template: [{ index_patterns: [indexPattern(channel)], priority: PRIORITY }],
  };
}

/**
 * One segment a shard takes the least room and searches fastest. The merge blocks writing before it begins and leaves
 * the block behind, and a write that is refused for ever holds up the collector's whole shard for ever. So the merge
 * comes after all that can still be late (`warmDays`), and the index is opened again after it, for what is
 * replayed from quarantine. No state is read-only.
 */
function warmState(days: number): LifecycleState {
  return {
    name: 'warm',
    actions: [{ force_merge: { max_num_segments: 1 } }, { read_write: {} }],
    transitions: [after(days, 'delete')],
  };
}

function after(days: number, state: string): LifecycleState['transitions'][number] {
  return { state_name: state, conditions: { min_index_age: `${days}d` } };
}
