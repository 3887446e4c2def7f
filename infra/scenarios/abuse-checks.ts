/** The bars of detection: in calm weather nobody is found; an attack is found, cut, enforced and released in time. */
import type { Evidence } from './evidence.ts';
import { type CapOutcome, type Check, check } from './outcome.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

/** Bars of the product (seconds; share). */
const CAP_WITHIN = 10;
const ENFORCE_WITHIN = 2;
const REFUSED_SHARE = 0.95;

export function calmChecks(facts: ScenarioFacts, caps: readonly CapOutcome[]): Check[] {
  const findings = abuseFindings(facts.evidence);
  return [
    check('no finding', findings.length === 0, `${findings.length} findings`),
    check('no cap', caps.length === 0, `${caps.length} caps`),
  ];
}

/** About the pipeline, for instance what an instance took with it; all other findings are about clients. */
const ABOUT_THE_PIPELINE = ['uncounted-requests', 'records-missing'];

function abuseFindings(evidence: Evidence): Evidence['findings'] {
  return evidence.findings.filter(({ rule }) => !ABOUT_THE_PIPELINE.includes(String(rule?.name)));
}

export function attackChecks(
  facts: ScenarioFacts,
  attacker: string,
  caps: readonly CapOutcome[],
  share: number | null,
): Check[] {
  const findings = abuseFindings(facts.evidence);
  const others = [...findings, ...caps].filter(({ principal }) => principal !== attacker);
  const found = findings.filter(
    (finding) => finding.principal === attacker && finding.rule?.name === facts.scenario,
  );
  const [cap] = caps.filter(({ principal, rule }) => principal === attacker && rule === facts.scenario);
  const probes = facts.entries.filter(({ actor }) => actor === 'probe');
  const refused = probes.filter(({ status }) => status === 429).length;
  const served = probes.filter(({ status }) => status === 200).length;
  return [
    check('the attack is found, once', found.length === 1, `${found.length} findings of ${facts.scenario}`),
    check('nobody else is found or capped', others.length === 0, `${others.length} others`),
    check(
      `capped within ${CAP_WITHIN} s`,
      typeof cap?.seconds_to_cap === 'number' && cap.seconds_to_cap <= CAP_WITHIN,
      `${cap?.seconds_to_cap ?? 'never'} s after the request that crossed the rule`,
    ),
    check(
      `enforced everywhere within ${ENFORCE_WITHIN} s`,
      typeof cap?.seconds_to_enforce === 'number' && cap.seconds_to_enforce <= ENFORCE_WITHIN,
      `${cap?.seconds_to_enforce ?? 'never'} s after the write`,
    ),
    check(
      `more than ${REFUSED_SHARE * 100} % of the attack refused after the cut`,
      share !== null && share > REFUSED_SHARE,
      share === null ? 'never cut' : `${(share * 100).toFixed(1)} %`,
    ),
    check(
      'full service after the release',
      served > 0 && refused === 0,
      `${served} of ${probes.length} probes served, ${refused} refused`,
    ),
  ];
}
