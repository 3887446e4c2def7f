/** Runs all rules over one principal's signals and says which of them hit; knows no rule by name. */

import { holds } from './condition.ts';
import type { CountedEvidence } from './counted-evidence.ts';
import type { Rule } from './rule.ts';
import {
  addEvidence,
  clearEvidence,
  type Evidence,
  emptyEvidence,
  evidenceExpired,
} from './rule-evidence.ts';
import { fieldOf, matchesSelection, type RuleSignal } from './selection.ts';
import { nextStrike, type Strike } from './strike.ts';

/** What one rule remembers of one key. */
export interface RuleMemory {
  evidence?: Evidence;
  strike?: Strike;
}

export interface Hit {
  readonly rule: Rule;
  readonly signal: RuleSignal;
  readonly evidence: CountedEvidence;
  readonly strike: Strike;
}

/**
 * Applies one signal to the memory of its key, rule by rule. `count` is how many events it stands for: what a
 * cumulative counter has grown by, or the events of a folded record.
 */
export function applyRules(
  rules: readonly Rule[],
  memory: Map<string, RuleMemory>,
  signal: RuleSignal,
  count: number,
  timeScale: number,
): readonly Hit[] {
  const hits: Hit[] = [];
  if (count === 0 || isLimiterMade(signal)) return hits;
  for (const rule of rules) {
    const evidence = takeEvidence(rule, memory, signal, count);
    const known = memory.get(rule.name);
    if (evidence === undefined || known === undefined) continue;
    if (known.strike !== undefined && signal.at < known.strike.quietUntil) continue;
    known.strike = nextStrike(rule, known.strike, signal.at, timeScale);
    delete known.evidence;
    hits.push({ rule, signal, evidence, strike: known.strike });
  }
  return hits;
}

/** Drops evidence that has left every window, and what is known of rules that are no more. */
export function pruneRuleMemory(rules: readonly Rule[], memory: Map<string, RuleMemory>, now: number): void {
  for (const [name, known] of memory) {
    const rule = rules.find((candidate) => candidate.name === name);
    if (rule === undefined) memory.delete(name);
    else if (known.evidence !== undefined && evidenceExpired(known.evidence, rule.correlation, now)) {
      delete known.evidence;
      if (known.strike === undefined) memory.delete(name);
    }
  }
}

/** What the limiter itself produced is no evidence: a cap must not cause the next one. */
function isLimiterMade(signal: RuleSignal): boolean {
  return signal.kind === 'trail' && signal.action === 'excess_rate_limit_exceeded';
}

function takeEvidence(
  rule: Rule,
  memory: Map<string, RuleMemory>,
  signal: RuleSignal,
  count: number,
): CountedEvidence | undefined {
  const { correlation } = rule;
  const matches = (name: string): boolean =>
    rule.selections.some((selection) => selection.name === name && matchesSelection(selection, signal));
  const counts = holds(rule.condition, matches);
  const clears =
    correlation.type === 'value_count' &&
    correlation.exoneration !== undefined &&
    matches(correlation.exoneration.selection);
  if (!counts && !clears) return undefined;

  const known = memory.get(rule.name) ?? {};
  memory.set(rule.name, known);
  // A rule that has changed its type since the state was stored starts without evidence.
  const usable = known.evidence?.type === correlation.type ? known.evidence : undefined;
  known.evidence = usable ?? emptyEvidence(correlation);
  const value = correlation.type === 'value_count' ? fieldOf(signal, correlation.field) : undefined;
  const records = signal.kind === 'trail' ? Math.min(signal.records ?? 1, count) : 1;
  const event = { at: signal.at, count, records, value };
  if (counts) return addEvidence(known.evidence, correlation, event);
  clearEvidence(known.evidence, correlation, event);
  return undefined;
}
