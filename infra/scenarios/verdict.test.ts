import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from './clients/ledger.ts';
import { type EvidenceDocument, gatherEvidence } from './evidence.ts';
import type { ScenarioFacts } from './scenario-facts.ts';
import { judge } from './verdict.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const ATTACKER = 'ip:192.0.2.9';

const entry = (over: Partial<LedgerEntry>): LedgerEntry => ({
  actor: 'honest',
  route: 'GET /orders',
  status: 200,
  sent: NOW,
  answered: NOW + 5,
  address: '198.51.100.1',
  user: 'ann',
  ...over,
});

const document = (id: string, source: object): EvidenceDocument => ({
  index: 'business-2026.11.22',
  id,
  source: JSON.stringify({ '@timestamp': new Date(NOW).toISOString(), ...source }),
});

const rollup = (seq: number, count: number, over: object = {}): EvidenceDocument =>
  document(`rollup-${seq}`, {
    trailgate: { kind: 'rollup', instance: 'aaaaaaaaaaaaaaaa', seq },
    service: { name: 'orders' },
    rollup: {
      invocations: count,
      requests: [{ route: 'GET /orders', status: 200, tenant: 'acme', count, kept: 0 }],
    },
    ...over,
  });

const finding = (rule: string, principal: string, evidence: object = {}): EvidenceDocument =>
  document(`finding-${rule}`, { event: { kind: 'alert' }, rule: { name: rule }, principal, evidence });

/** Two requests, both counted, in calm weather. */
function facts(documents: readonly EvidenceDocument[], over: Partial<ScenarioFacts> = {}): ScenarioFacts {
  return {
    scenario: 'calm',
    seed: 1,
    faults: [],
    seconds: 1,
    entries: [entry({}), entry({ sent: NOW + 10 })],
    evidence: gatherEvidence(documents),
    latency: { documents: 1, p50_ms: 1, p95_ms: 1 },
    caps: [],
    written: {
      log: 0,
      request: 0,
      rollup: documents.filter(({ id }) => id.startsWith('rollup')).length,
      trail: 0,
    },
    quarantined: 0,
    metrics: { requests: 2, errors: 0, failed_logins: 0, orders: 0, cold_starts: 1 },
    routes: new Set(['GET /orders', 'POST /orders', 'POST /login']),
    authorizer: 'authorizer',
    attacker: undefined,
    crossed: undefined,
    ...over,
  };
}

const failed = (given: ScenarioFacts): string[] =>
  judge(given).checks.flatMap(({ ok, check }) => (ok ? [] : [check]));

describe('a calm scenario', () => {
  test('reconciles when the last rollup of each instance says what the clients saw', () => {
    expect(failed(facts([rollup(0, 1), rollup(1, 2)]))).toEqual([]);
  });

  test.each([
    ['a request that no rollup counted', facts([rollup(0, 1)]), /^rollups and uncounted/],
    ['a request that no client sent', facts([rollup(0, 3)]), /^rollups and uncounted/],
    ['a record that was lost', facts([rollup(0, 1), rollup(2, 2)]), /^every record written/],
    [
      'a record that was indexed twice',
      facts([rollup(0, 2), { ...rollup(0, 2), id: 'again' }], {
        written: { log: 0, request: 0, rollup: 1, trail: 0 },
      }),
      /^every record written/,
    ],
    [
      'a request without an answer',
      facts([rollup(0, 2)], { entries: [entry({}), entry({ status: 0 })] }),
      /answered/,
    ],
    [
      'an honest refusal',
      facts([rollup(0, 1)], { entries: [entry({}), entry({ status: 429 })] }),
      /^no honest/,
    ],
    ['a finding', facts([rollup(0, 2), finding('noisy-client', 'user:ann')]), /^no finding/],
    [
      'a metric of more than was counted',
      facts([rollup(0, 2)], {
        metrics: { requests: 3, errors: 0, failed_logins: 0, orders: 0, cold_starts: 1 },
      }),
      /^metrics/,
    ],
    ['a quarantined record', facts([rollup(0, 2)], { quarantined: 1 }), /^nothing quarantined/],
  ])('does not reconcile with %s', (_, given, check) => {
    expect(failed(given).some((name) => check.test(name))).toBe(true);
  });

  test('takes what a lost instance is reported to have taken with it, no more and no less', () => {
    const lost = (count: number) => finding('uncounted-requests', '', { function: 'orders', count });
    const metrics = { requests: 1, errors: 0, failed_logins: 0, orders: 0, cold_starts: 1 };
    expect(failed(facts([rollup(0, 1), lost(1)], { metrics }))).toEqual([]);
    expect(failed(facts([rollup(0, 1), lost(2)], { metrics }))).toHaveLength(1);
    expect(failed(facts([rollup(0, 2), lost(1)]))).toHaveLength(1);
  });

  test('wants a kept success in every service that the request crossed', () => {
    const request = (service: string, route: string, correlation_id: string): EvidenceDocument =>
      document(`${service}-${correlation_id}`, {
        trailgate: { kind: 'request', instance: service.padEnd(16, '0'), seq: 0 },
        service: { name: service },
        event: { outcome: 'success' },
        kept: 'sampled',
        route,
        correlation_id,
      });
    const whole = ['authorizer', 'orders'].map((service) => request(service, 'POST /orders', 'c1'));
    const inventory = request('inventory', 'POST /inventory/{sku}/reservations', 'c1');
    const written = { log: 0, request: 3, rollup: 1, trail: 0 };
    expect(failed(facts([rollup(0, 2), ...whole, inventory], { written }))).toEqual([]);
    const entries = [entry({ correlationId: 'c1' }), entry({})];
    const partial = facts([rollup(0, 2), ...whole], {
      written: { ...written, request: 2 },
      entries,
    });
    expect(failed(partial)).toEqual(['a kept success is kept in every function it crossed']);
  });
});

describe('an attack', () => {
  const cap = {
    principal: ATTACKER,
    rule: 'credential-stuffing',
    class: 'auth',
    rate: 0.05,
    burst: 1,
    strike: 1,
    written: NOW + 1_000,
    end: NOW + 41_000,
  };
  const refusedAfter = (count: number, admitted: number): LedgerEntry[] =>
    Array.from({ length: count }, (_, index) =>
      entry({
        actor: 'attacker',
        address: '192.0.2.9',
        sent: NOW + 1_100 + index * 50,
        status: index < admitted ? 200 : 429,
      }),
    );
  const attacked = (over: Partial<ScenarioFacts> = {}, admitted = 1): ScenarioFacts => {
    const entries = [...refusedAfter(100, admitted), entry({ actor: 'probe', sent: NOW + 42_000 })];
    const documents = [
      rollup(0, admitted + 1, {
        rollup: {
          invocations: 101,
          requests: [
            { route: 'GET /orders', status: 200, tenant: 'acme', count: admitted + 1, kept: 0 },
            { route: 'GET /orders', status: 429, tenant: 'acme', count: 100 - admitted, kept: 0 },
          ],
        },
      }),
      finding('credential-stuffing', ATTACKER),
    ];
    const attack = {
      scenario: 'credential-stuffing',
      attacker: ATTACKER,
      crossed: NOW,
      caps: [cap],
      entries,
    } as const;
    return facts(documents, { ...attack, ...over });
  };

  test('that was found, cut, enforced and released reconciles', () => {
    expect(failed(attacked())).toEqual([]);
  });

  test.each([
    ['found too late', attacked({ crossed: NOW - 9_500 }), 'capped within 10 s'],
    ['never capped', attacked({ caps: [] }), 'capped within 10 s'],
    ['let through for three seconds', attacked({}, 60), 'enforced everywhere within 2 s'],
    ['let through too often', attacked({}, 6), 'more than 95 % of the attack refused after the cut'],
    [
      'capped together with somebody else',
      attacked({ caps: [cap, { ...cap, principal: 'ip:203.0.113.7' }] }),
      'nobody else is found or capped',
    ],
    [
      'not served again',
      attacked({
        entries: [...refusedAfter(100, 1), entry({ actor: 'probe', status: 429, sent: NOW + 42_000 })],
      }),
      'full service after the release',
    ],
  ])('that was %s does not', (_, given, check) => {
    expect(failed(given)).toContain(check);
  });
});
