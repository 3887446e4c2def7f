/** Holds what the pipeline says against what the clients saw, and decides whether the scenario reconciles. */
import { RECORD_KINDS, type RecordKind } from '@trailgate/sdk/wire';
import type { LedgerEntry, RouteCounts } from './clients/ledger.ts';
import { countByRoute } from './clients/ledger.ts';
import { enforcedSince } from './enforcement.ts';
import type { DocumentView, Evidence } from './evidence.ts';
import { clientView } from './evidence.ts';
import type { IndexLatency } from './index-watch.ts';
import type { CapOutcome, Check, Fault, ScenarioName, ScenarioOutcome } from './outcome.ts';

/** A cap as it stood in the limits table. Times in epoch ms. */
export interface WrittenCap {
  readonly principal: string;
  readonly rule: string;
  readonly class: string;
  readonly rate: number;
  readonly burst: number;
  readonly strike: number;
  readonly written: number;
  readonly end: number;
}

export interface ScenarioFacts {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly seconds: number;
  readonly entries: readonly LedgerEntry[];
  readonly evidence: Evidence;
  readonly latency: IndexLatency;
  readonly caps: readonly WrittenCap[];
  /** Records by kind as the functions wrote them. */
  readonly written: Readonly<Record<RecordKind, number>>;
  readonly quarantined: number;
  /** Routes that clients call, and the name of the authorizer's service. */
  readonly routes: ReadonlySet<string>;
  readonly authorizer: string;
  /** Who attacks; undefined in calm weather. */
  readonly attacker: string | undefined;
  readonly crossed: number | undefined;
}

/** Bars of the product (seconds; share). */
const CAP_WITHIN = 10;
const ENFORCE_WITHIN = 2;
const REFUSED_SHARE = 0.95;

export function judge(facts: ScenarioFacts): ScenarioOutcome {
  const { entries, evidence } = facts;
  const clients = countByRoute(entries);
  const rollups = clientView(evidence.rollups, facts.routes, facts.authorizer);
  const uncounted = uncountedByFunction(evidence.findings);
  const caps = facts.caps.map((cap) => capOutcome(cap, facts));
  const refused = refusals(facts);
  const sampling = samplingAgreement(evidence.requests);
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
    latency: facts.latency,
    refused,
    sampling,
    checks,
  };
}

function check(name: string, ok: boolean, detail: string): Check {
  return { check: name, ok, detail };
}

function reconciliation(
  facts: ScenarioFacts,
  clients: RouteCounts,
  rollups: RouteCounts,
  uncounted: Readonly<Record<string, number>>,
): Check[] {
  const { evidence, written } = facts;
  const lost = sum(Object.values(uncounted));
  const unanswered = facts.entries.filter(({ status }) => status === 0 || status >= 500).length;
  const kinds = RECORD_KINDS.filter((kind) => written[kind] !== evidence.indexed[kind]);
  return [
    check(
      'every request answered, but for those an instance took with it',
      unanswered <= lost,
      `${unanswered} without a proper answer`,
    ),
    countsCheck(clients, rollups, uncounted),
    check(
      'every record written is indexed once',
      kinds.length === 0 && evidence.missing === 0,
      kinds.length === 0
        ? `${sum(Object.values(written))} records, ${evidence.missing} sequence numbers missing`
        : kinds
            .map((kind) => `${kind}: written ${written[kind]}, indexed ${evidence.indexed[kind]}`)
            .join('; '),
    ),
    check('nothing quarantined', facts.quarantined === 0, `${facts.quarantined} quarantined`),
  ];
}

/**
 * Exact by route and status where no instance was lost. Where one was, what the rollups lack is what the platform's
 * reports say was never counted: all of it for the function that clients call, at most that for those behind it.
 */
function countsCheck(
  clients: RouteCounts,
  rollups: RouteCounts,
  uncounted: Readonly<Record<string, number>>,
): Check {
  const name = 'rollups and uncounted requests equal the clients’ counts by route and status';
  const differences = countDifferences(clients, rollups);
  const lost = sum(Object.values(uncounted));
  const lacking = sum(differences.map(({ seen, counted }) => seen - counted));
  const invented = differences.some(({ seen, counted }) => counted > seen);
  const explained = Object.keys(uncounted).every((name) => name === 'orders')
    ? lacking === lost
    : lacking <= lost;
  const detail = differences
    .map(({ route, status, seen, counted }) => `${route} ${status}: clients ${seen}, rollups ${counted}`)
    .join('; ');
  return check(
    name,
    !invented && explained,
    `${total(clients)} requests, ${lost} uncounted${detail === '' ? '' : `; ${detail}`}`,
  );
}

interface Difference {
  readonly route: string;
  readonly status: string;
  readonly seen: number;
  readonly counted: number;
}

function countDifferences(clients: RouteCounts, rollups: RouteCounts): Difference[] {
  const differences: Difference[] = [];
  for (const route of new Set([...Object.keys(clients), ...Object.keys(rollups)])) {
    const statuses = new Set([...Object.keys(clients[route] ?? {}), ...Object.keys(rollups[route] ?? {})]);
    for (const status of statuses) {
      const seen = clients[route]?.[status] ?? 0;
      const counted = rollups[route]?.[status] ?? 0;
      if (seen !== counted) differences.push({ route, status, seen, counted });
    }
  }
  return differences;
}

function uncountedByFunction(findings: readonly DocumentView[]): Record<string, number> {
  const uncounted: Record<string, number> = {};
  for (const { rule, evidence } of findings) {
    if (rule?.name !== 'uncounted-requests') continue;
    const name = String(evidence?.function);
    uncounted[name] = (uncounted[name] ?? 0) + Number(evidence?.count);
  }
  return uncounted;
}

function refusals({ entries, caps, attacker }: ScenarioFacts): ScenarioOutcome['refused'] {
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

function capOutcome(cap: WrittenCap, facts: ScenarioFacts): CapOutcome {
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

/** Services that placing an order goes through. */
const CROSSED = ['authorizer', 'orders', 'inventory'];

/** A success kept by the dice in one service must be kept in the other service that the request crossed. */
function samplingAgreement(requests: readonly DocumentView[]): ScenarioOutcome['sampling'] {
  const kept = requests.filter(
    ({ kept, event }) => (kept === 'sampled' || kept === 'upstream') && event?.outcome === 'success',
  );
  const byId = new Map<string, Set<string>>();
  for (const { correlation_id: id, service } of kept) {
    if (id !== undefined) byId.set(id, (byId.get(id) ?? new Set()).add(service?.name ?? ''));
  }
  // Placing an order is the request that crosses: it reserves stock in the inventory.
  const crossing = kept.filter(
    ({ route, service }) =>
      (service?.name === 'orders' && route === 'POST /orders') ||
      (service?.name === 'inventory' && route === 'POST /inventory/{sku}/reservations'),
  );
  const alone = crossing.filter(({ correlation_id: id }) => {
    const services = byId.get(id ?? '');
    return !CROSSED.every((name) => services?.has(name) === true);
  });
  return { kept_successes: kept.length, kept_in_one_function_only: alone.length };
}

function calmChecks(facts: ScenarioFacts, caps: readonly CapOutcome[]): Check[] {
  const findings = abuseFindings(facts.evidence);
  return [
    check('no finding', findings.length === 0, `${findings.length} findings`),
    check('no cap', caps.length === 0, `${caps.length} caps`),
  ];
}

/** Findings about clients; what an instance took with it is a finding about the pipeline. */
function abuseFindings(evidence: Evidence): Evidence['findings'] {
  return evidence.findings.filter(({ rule }) => rule?.name !== 'uncounted-requests');
}

function attackChecks(
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
  const unserved = probes.filter(({ status }) => status !== 200).length;
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
      probes.length > 0 && unserved === 0,
      `${probes.length - unserved} of ${probes.length} probes served`,
    ),
  ];
}

function total(counts: RouteCounts): number {
  return sum(Object.values(counts).flatMap((row) => Object.values(row)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
