/** Takes what is said of one function instance: its totals for completeness, its starts and failures for the metrics. */
import type { CountedSignal, PlatformSignal } from '@trailgate/sdk/wire';
import { emptyLedger, takeInstanceSignal } from '../completeness.ts';
import { takePlatform } from '../series/function-metrics.ts';
import { putEntry, useEntry } from '../state/bounded-map.ts';
import { emptyStreamTable } from '../state/stream-table.ts';
import type { ActorOptions } from './actor-options.ts';
import type { Effects } from './effects.ts';
import type { ShardState } from './shard-state.ts';

export function applyInstance(
  { instances, windows }: ShardState,
  key: string,
  signal: CountedSignal | PlatformSignal,
  { limits, metricGraceMs: graceMs }: ActorOptions,
  effects: Effects,
): void {
  const ledger = useEntry(instances, key) ?? emptyLedger(key, emptyStreamTable(false));
  putEntry(instances, limits.instances, key, ledger);
  if (!takeInstanceSignal(ledger, signal) || signal.kind !== 'platform') return;
  // The platform knows only the function; the service is known once the SDK has spoken.
  const owner = ledger.service === '' ? signal.functionName : ledger.service;
  effects.metrics.push(...takePlatform(windows, { owner, at: signal.at, graceMs }, signal));
}
