/** Runs the tests that a rule file carries through the same actor that runs in production. */
import { noEffects } from '../actor/effects.ts';
import { ShardActor } from '../actor/shard-actor.ts';
import { SHARD_LIMITS } from '../actor/shard-state.ts';
import { expandTest } from './expand-test.ts';
import type { Rule } from './rule.ts';

export interface RuleTestResult {
  readonly name: string;
  readonly expect: 'hit' | 'miss';
  readonly got: 'hit' | 'miss';
  readonly passed: boolean;
}

export function runRuleTests(rule: Rule): RuleTestResult[] {
  return rule.tests.map((test) => {
    const actor = new ShardActor({
      rules: [rule],
      timeScale: 1,
      instanceSilenceMs: 900_000,
      gapGraceMs: 120_000,
      metricGraceMs: 10_000,
      limits: SHARD_LIMITS,
    });
    const effects = noEffects();
    for (const { key, signal } of expandTest(test)) {
      actor.apply({ key, signals: [signal], unreadable: 0 }, effects);
    }
    const got = effects.findings.length > 0 ? 'hit' : 'miss';
    return { name: test.name, expect: test.expect, got, passed: got === test.expect };
  });
}
