/** Takes the time: notices instances that fell silent or left numbers out, closes minutes without traffic and lets go of old evidence. */
import type { TickSignal } from '@trailgate/sdk/wire';
import { settleLedger } from '../completeness.ts';
import { pruneRuleMemory } from '../rules/rule-engine.ts';
import { settleNumbers } from '../sequence/missing-records.ts';
import { closeAtTick } from '../series/metric-windows.ts';
import type { ActorOptions } from './actor-options.ts';
import type { Effects } from './effects.ts';
import { sayMissing } from './say-missing.ts';
import type { ShardState } from './shard-state.ts';

export function applyTick(
  state: ShardState,
  { at: now }: TickSignal,
  { rules, instanceSilenceMs, gapGraceMs, metricGraceMs: graceMs }: ActorOptions,
  effects: Effects,
): void {
  const { instances, windows, principals } = state;
  state.tickedAt = now;
  for (const ledger of instances.values()) {
    const requests = settleLedger(ledger, now, instanceSilenceMs);
    if (requests !== undefined) sayMissing(windows, 'uncountedRequests', requests, graceMs, effects);
    for (const records of settleNumbers(ledger, now, gapGraceMs)) {
      sayMissing(windows, 'missingRecords', records, graceMs, effects);
    }
  }
  for (const { rules: memory } of principals.values()) pruneRuleMemory(rules, memory, now);
  effects.metrics.push(...closeAtTick(windows, now, graceMs));
}
