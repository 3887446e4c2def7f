/** Times a cap: from the request that crossed the rule to the write, and from the write to enforcement everywhere. */
import { enforcedSince } from './enforcement.ts';
import type { CapOutcome } from './outcome.ts';
import type { ScenarioFacts, WrittenCap } from './scenario-facts.ts';

export function capOutcome(cap: WrittenCap, facts: ScenarioFacts): CapOutcome {
  const mine = cap.principal === facts.attacker;
  const attack = facts.entries.filter(({ actor }) => actor === 'attacker');
  const enforced = mine ? enforcedSince(attack, cap) : undefined;
  const crossed = mine ? facts.crossed : undefined;
  return {
    principal: cap.principal,
    rule: cap.rule,
    class: cap.class,
    rate: cap.rate,
    strike: cap.strike,
    crossed: crossed === undefined ? null : new Date(crossed).toISOString(),
    written: new Date(cap.written).toISOString(),
    enforced: enforced === undefined ? null : new Date(enforced).toISOString(),
    released: new Date(cap.end).toISOString(),
    seconds_to_cap: crossed === undefined ? null : (cap.written - crossed) / 1000,
    seconds_to_enforce: enforced === undefined ? null : (enforced - cap.written) / 1000,
  };
}
