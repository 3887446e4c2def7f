/** Holds the rollups and the index against what the clients counted and the functions wrote. */
import { RECORD_KINDS } from '@trailgate/sdk/wire';
import { type RouteCounts, sum, total } from './clients/ledger.ts';
import type { DocumentView } from './evidence.ts';
import { type Check, check } from './outcome.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

export function reconciliation(
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
    metricsCheck(facts),
    check('nothing quarantined', facts.quarantined === 0, `${facts.quarantined} quarantined`),
  ];
}

/** Of minutes that are over; publishing is at most once, so there may be less of it than was counted but never more. */
function metricsCheck({ metrics, evidence, entries }: ScenarioFacts): Check {
  const counted = total(evidence.rollups.orders ?? {});
  const failed = entries.filter(({ route, status }) => route === 'POST /login' && status === 401).length;
  return check(
    'metrics hold no more than was counted',
    metrics.requests <= counted && metrics.failed_logins <= failed,
    `${metrics.requests} of ${counted} requests, ${metrics.failed_logins} of ${failed} failed logins`,
  );
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

/** What the findings say that instances took with them, by function. */
export function uncountedByFunction(findings: readonly DocumentView[]): Record<string, number> {
  const uncounted: Record<string, number> = {};
  for (const { rule, evidence } of findings) {
    if (rule?.name !== 'uncounted-requests') continue;
    const name = String(evidence?.function);
    uncounted[name] = (uncounted[name] ?? 0) + Number(evidence?.count);
  }
  return uncounted;
}
