/** Counts whom the limiter refused, and how much of an attack after its cut. */
import type { ScenarioOutcome } from './outcome.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

export function refusals({ entries, caps, attacker }: ScenarioFacts): ScenarioOutcome['refused'] {
  const attack = entries.filter(({ actor }) => actor === 'attacker');
  const cut = caps.find(({ principal }) => principal === attacker)?.written;
  const after = cut === undefined ? [] : attack.filter(({ sent }) => sent >= cut);
  const refused = after.filter(({ status }) => status === 429).length;
  return {
    attackers: attack.filter(({ status }) => status === 429).length,
    honest: entries.filter(({ actor, status }) => actor === 'honest' && status === 429).length,
    after_cut: {
      sent: after.length,
      refused,
      share: after.length === 0 ? null : Math.round((refused / after.length) * 10_000) / 10_000,
    },
  };
}
