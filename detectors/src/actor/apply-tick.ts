/** Takes the time: notices instances that fell silent, closes minutes without traffic and lets go of old evidence. */
import type { TickSignal } from '@trailgate/sdk/wire';
import { settleLedger } from '../completeness.ts';
import { pruneRuleMemory } from '../rules/rule-engine.ts';
import { addMetric, closeAtTick, metricRow } from '../series/metric-windows.ts';
import type { ActorOptions } from './actor-options.ts';
import type { Effects } from './effects.ts';
import type { ShardState } from './shard-state.ts';

export function applyTick(
  { instances, windows, principals }: ShardState,
  { at: now }: TickSignal,
  { rules, instanceSilenceMs, metricGraceMs: graceMs }: ActorOptions,
  effects: Effects,
): void {
  for (const ledger of instances.values()) {
    const missing = settleLedger(ledger, now, instanceSilenceMs);
    if (missing === undefined) continue;
    const { service: owner, at, count, finding } = missing;
    effects.findings.push(finding);
    const row = metricRow('uncountedRequests', [['Service', owner]]);
    effects.metrics.push(...addMetric(windows, { owner, at, graceMs }, row, count));
  }
  for (const { rules: memory } of principals.values()) pruneRuleMemory(rules, memory, now);
  effects.metrics.push(...closeAtTick(windows, now, graceMs));
}
