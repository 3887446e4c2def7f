/** Takes a signal of one principal: counts it once, runs the rules over it and turns hits into findings and cuts. */
import { capGuard, noteActivity } from '../blast-radius.ts';
import { hitFinding } from '../finding.ts';
import { applyRules, type Hit } from '../rules/rule-engine.ts';
import type { RuleSignal } from '../rules/selection.ts';
import { countTrail } from '../series/trail-metrics.ts';
import { putEntry, useEntry } from '../state/bounded-map.ts';
import { emptyStreamTable, growth, type StreamMark, takeOnce } from '../state/stream-table.ts';
import type { ActorOptions } from './actor-options.ts';
import type { Effects, PlannedCut } from './effects.ts';
import type { PrincipalState, ShardState } from './shard-state.ts';

export function applyPrincipal(
  state: ShardState,
  key: string,
  signal: RuleSignal,
  options: ActorOptions,
  effects: Effects,
): void {
  const principal = principalOf(state, key, options.limits.principals);
  const mark = takeOnce(principal.streams, signal.kind, signal.from);
  if (mark === undefined) return;
  const { tenant, at } = signal;
  principal.activeWindow = noteActivity(state.tenants, tenant, at, principal.activeWindow);
  if (signal.kind === 'trail') {
    effects.metrics.push(...countTrail(state.windows, signal, options.metricGraceMs));
  }
  const count = eventsOf(signal, mark);
  if (!isNamed(signal.principal)) return;
  for (const hit of applyRules(options.rules, principal.rules, signal, count, options.timeScale)) {
    const finding = hitFinding(hit, key);
    effects.findings.push(finding);
    const cut = plannedCut(state, hit, finding.id);
    if (cut !== undefined) effects.cuts.push(cut);
  }
}

function principalOf(state: ShardState, key: string, limit: number): PrincipalState {
  const known = useEntry(state.principals, key);
  if (known !== undefined) return known;
  const principal: PrincipalState = {
    streams: emptyStreamTable(state.forgotPrincipals),
    activeWindow: -1,
    rules: new Map(),
  };
  if (putEntry(state.principals, limit, key, principal) !== undefined) state.forgotPrincipals = true;
  return principal;
}

/** How many events a signal stands for. */
function eventsOf(signal: RuleSignal, mark: StreamMark): number {
  return signal.kind === 'trail' ? signal.count : growth(mark, 'requests', signal.requests);
}

/** `user:<id>` or `ip:<address>`; whatever has no name of its own is many clients, none of which may pay for another. */
function isNamed(principal: string): boolean {
  return principal.includes(':');
}

function plannedCut(state: ShardState, hit: Hit, evidenceId: string): PlannedCut | undefined {
  const { rule, signal, strike } = hit;
  if (rule.cap === undefined || strike.cap === undefined) return undefined;
  const { cls, burst, mode } = rule.cap;
  const { rate, hold, end } = strike.cap;
  // The window of evidence ends with the signal that completes it.
  const seq = signal.at * 1_000;
  return {
    tenant: signal.tenant,
    client: signal.principal,
    detector: rule.name,
    cap: { rate, burst, cls, seq, hold, end, why: rule.name, ev: evidenceId, strike: strike.strike, mode },
    ...capGuard(state.tenants, signal.tenant, signal.at),
  };
}
