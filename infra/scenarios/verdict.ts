/** Holds what the pipeline says against what the clients saw, and decides whether the scenario reconciles. */
import { attackChecks, calmChecks } from './abuse-checks.ts';
import { capOutcome } from './cap-outcome.ts';
import { countByRoute } from './clients/ledger.ts';
import { clientView } from './evidence.ts';
import { check, type ScenarioOutcome } from './outcome.ts';
import { reconciliation, uncountedByFunction } from './reconciliation.ts';
import { refusals } from './refusals.ts';
import { samplingAgreement } from './sampling-agreement.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

export function judge(facts: ScenarioFacts): ScenarioOutcome {
  const { entries, evidence } = facts;
  const clients = countByRoute(entries);
  const rollups = clientView(evidence.rollups, facts.routes, facts.authorizer);
  const uncounted = uncountedByFunction(evidence.findings);
  const caps = facts.caps.map((cap) => capOutcome(cap, facts));
  const refused = refusals(facts);
  const sampling = samplingAgreement(evidence.requests, entries);
  const checks = [
    ...reconciliation(facts, clients, rollups, uncounted),
    check('no honest request refused', refused.honest === 0, `${refused.honest} refused`),
    check(
      'a kept success is kept in every function it crossed',
      sampling.kept_in_one_function_only === 0,
      `${sampling.kept_successes} kept, ${sampling.kept_in_one_function_only} in one function only`,
    ),
    ...(facts.attacker === undefined
      ? calmChecks(facts, caps)
      : attackChecks(facts, facts.attacker, caps, refused.after_cut.share)),
  ];
  return {
    scenario: facts.scenario,
    seed: facts.seed,
    faults: facts.faults,
    ok: checks.every(({ ok }) => ok),
    seconds: facts.seconds,
    requests: { clients, rollups, uncounted },
    records: { written: facts.written, indexed: evidence.indexed, quarantined: facts.quarantined },
    findings: evidence.findings.map((finding) => ({
      id: finding.id,
      rule: finding.rule?.name ?? '',
      principal: finding.principal ?? '',
      time: finding['@timestamp'],
    })),
    caps,
    metrics: facts.metrics,
    latency: facts.latency,
    refused,
    sampling,
    checks,
  };
}
