/** Takes what is said of one function instance: its totals and numbers for completeness, its starts and failures for the metrics. */
import type { CountedSignal, PlatformSignal, SeenSignal } from '@trailgate/sdk/wire';
import { emptyLedger, takeInstanceSignal } from '../completeness.ts';
import { takeSeen } from '../sequence/missing-records.ts';
import { takePlatform } from '../series/function-metrics.ts';
import { putEntry, useEntry } from '../state/bounded-map.ts';
import { emptyStreamTable } from '../state/stream-table.ts';
import type { ActorOptions } from './actor-options.ts';
import type { Effects } from './effects.ts';
import { sayMissing } from './say-missing.ts';
import type { ShardState } from './shard-state.ts';

export function applyInstance(
  { instances, windows, tickedAt = 0 }: ShardState,
  key: string,
  signal: CountedSignal | PlatformSignal | SeenSignal,
  { limits, gapGraceMs, metricGraceMs: graceMs }: ActorOptions,
  effects: Effects,
): void {
  const ledger = useEntry(instances, key) ?? emptyLedger(key, emptyStreamTable(false));
  putEntry(instances, limits.instances, key, ledger);
  if (signal.kind === 'seen') {
    for (const missing of takeSeen(ledger, signal, Math.max(signal.at, tickedAt), gapGraceMs)) {
      sayMissing(windows, 'missingRecords', missing, graceMs, effects);
    }
    return;
  }
  if (!takeInstanceSignal(ledger, signal) || signal.kind !== 'platform') return;
  // The platform knows only the function; the service is known once the SDK has spoken.
  const owner = ledger.service === '' ? signal.functionName : ledger.service;
  effects.metrics.push(...takePlatform(windows, { owner, at: signal.at, graceMs }, signal));
}
