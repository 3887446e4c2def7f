/** What a reader may choose at the top of a dashboard beside the data sources. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Channel } from '@trailgate/sdk/wire';
import { chosen } from '../data-sources.ts';
import type { MetricSource } from '../metrics/metric-source.ts';

const ALL = { selected: true, text: 'All', value: '$__all' };

/** The values of a metric's first dimension, all of them first. */
export function dimensionVariable(
  name: string,
  label: string,
  { namespace, name: metric, dimensions: [dimension] }: MetricSource,
): QueryVariableBuilder {
  return (
    new QueryVariableBuilder(name)
      .label(label)
      .datasource(chosen('cloudwatch'))
      .query(`dimension_values(default, ${namespace}, ${metric}, ${dimension})`)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      // Not each by its name, of which a search takes only so many.
      .allValue('*')
      .current(ALL)
  );
}

/** A number that the reader knows and no metric says, with what is so for most. */
export function numberVariable(name: string, label: string, usual: number): TextBoxVariableBuilder {
  return textVariable(name, label, String(usual));
}

export function textVariable(name: string, label: string, usual = ''): TextBoxVariableBuilder {
  return new TextBoxVariableBuilder(name)
    .label(label)
    .defaultValue(usual)
    .current({ selected: true, text: usual, value: usual });
}

/** Filters that a click on a cell of a table adds, for every panel of the index. */
export function filtersVariable(channel: Channel): Builder<VariableModel> {
  return {
    build: () => ({
      type: VariableType.Adhoc,
      name: 'filters',
      label: 'Filters',
      datasource: chosen(channel),
      skipUrlSync: false,
    }),
  };
}
