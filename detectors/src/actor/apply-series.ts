/** Takes what one instance of a service has counted and adds its growth to the service's metrics. */
import type { SeriesSignal } from '@trailgate/sdk/wire';
import { takeSeries } from '../series/service-series.ts';
import { putEntry, useEntry } from '../state/bounded-map.ts';
import { emptyStreamTable } from '../state/stream-table.ts';
import type { ActorOptions } from './actor-options.ts';
import type { Effects } from './effects.ts';
import type { ShardState } from './shard-state.ts';

export function applySeries(
  state: ShardState,
  key: string,
  signal: SeriesSignal,
  { limits, metricGraceMs }: ActorOptions,
  effects: Effects,
): void {
  let table = useEntry(state.series, key);
  if (table === undefined) {
    table = emptyStreamTable(state.forgotSeries);
    if (putEntry(state.series, limits.series, key, table) !== undefined) state.forgotSeries = true;
  }
  effects.metrics.push(...takeSeries(table, state.windows, signal, metricGraceMs));
}
