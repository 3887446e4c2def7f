/** Fields of choice above a dashboard: what is chosen filters all its panels, whichever index they are of. */
import type { Channel } from '@trailgate/sdk/wire';
import type { FieldOf } from '../conditions/condition.ts';
import type { Visualization } from './saved-object.ts';
import { PATTERN_IDS } from './saved-object-ids.ts';
import { NO_SEARCH } from './search-source.ts';
import { visualization } from './visualization.ts';

export interface Choice<C extends Channel> {
  /** Marks the filter that the choice makes. */
  readonly id: string;
  readonly label: string;
  /** Whose values are offered. */
  readonly channel: C;
  readonly field: FieldOf<C>;
}

export interface ControlsSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly choices: readonly (Choice<'business'> | Choice<'trail'>)[];
}

export function controls({ choices, ...spec }: ControlsSpec): Visualization {
  return visualization({
    ...spec,
    state: {
      type: 'input_control_vis',
      params: {
        controls: choices.map(({ id, label, field }, at) => ({
          id,
          indexPatternRefName: controlReference(at),
          fieldName: field,
          parent: '',
          label,
          type: 'list',
          // Dynamic: what is typed is looked up, since there are more values than a list can show.
          options: { type: 'terms', multiselect: false, dynamicOptions: true, size: 5, order: 'desc' },
        })),
        updateFiltersOnChange: true,
        useTimeFilter: true,
        pinFilters: false,
      },
      aggs: [],
    },
    searchSource: NO_SEARCH,
    references: choices.map(({ channel }, at) => ({
      name: controlReference(at),
      type: 'index-pattern',
      id: PATTERN_IDS[channel],
    })),
  });
}

function controlReference(at: number): string {
  return `control_${at}_index_pattern`;
}
