import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../../collectors/src/setup/index.ts';
import { securityAnalytics } from '../../../dashboards/src/index.ts';
import { loadRules, parseRule, type Rule, shippedRules } from '../../../detectors/src/rules/index.ts';
import { openSearchUrl } from '../opensearch-url.ts';
import { ruleTrail } from './rule-trail.ts';
import { type Call, type Client, callsOf } from './run-monitor.ts';
import { sigmaSearch } from './sigma-query.ts';
import { WrittenIndices } from './written-indices.ts';

/** A day that no other test writes to. */
const DAY = Date.UTC(1998, 8, 6);

/** Not shipped: it has every form of condition and modifier. */
const EVERY_FORM = parseRule(
  `title: Every form
id: 0f6b0c64-3a8f-4a53-8f0d-7d1f0e4f2c9c
name: every-form
description: Refusals for two reasons, but not of the service that probes.
level: low
status: test
tags: []
detection:
  refused: { kind: trail, action: [authz_fail, input_validation_fail], reason|startswith: "scope:" }
  ended: { action|endswith: _expire, user|contains: "ann+1" }
  probe: { service|startswith: probe-, route: "GET /health" }
  condition: (refused or ended) and not probe
correlation: { type: event_count, group-by: [principal], timespan: 2m, condition: { gte: 3 } }
trailgate: { dedup: 5m }
tests:
  - name: three refusals of two kinds, and the probe does not count
    expect: hit
    signals:
      - repeat: 2
        send: [{ action: authz_fail, reason: "scope:write" }, { action: session_use_after_expire, user: "mary-ann+1" }]
  - name: three of them by the probe
    expect: miss
    signals:
      - { send: [{ action: authz_fail, reason: "scope:write" }, { action: authz_fail, reason: other }] }
      - { repeat: 5, send: [{ action: authz_fail, reason: "scope:read", service: probe-1, route: "GET /health" }] }
`,
  'every-form.yaml',
);
const rules: readonly Rule[] = [...(await loadRules(shippedRules())), EVERY_FORM];
const sigma = securityAnalytics(rules, { channelIds: [] }).rules;

let client: Client;
let index: OpenSearchIndex;
let call: Call;
let indices: WrittenIndices;

beforeAll(async () => {
  const url = await openSearchUrl();
  client = connectOpenSearch({ url });
  index = createOpenSearchIndex({ url }, { clock: Date.now });
  call = callsOf(client);
  indices = new WrittenIndices(call, index);
  await applyIndexSetup(client);
});

afterEach(async () => {
  await indices.clear();
});

afterAll(async () => {
  index.close();
  await client.close();
});

/** Principals for which the rule fires right after the last event. */
async function fired(text: string, rule: Rule, name: string): Promise<readonly string[]> {
  const ruleTest = rule.tests.find((one) => one.name === name);
  if (ruleTest === undefined) throw new TypeError(`test ${name}: expected one`);
  const { documents, until } = ruleTrail(ruleTest, DAY);
  await indices.write('trail-1998.09.06', ...documents.map(({ source }) => source));
  const answer = (await call('POST', '/trail/_search', { size: 0, ...sigmaSearch(text, until) })) as {
    aggregations: { result_agg: { buckets: { key: string }[] } };
  };
  return answer.aggregations.result_agg.buckets.map(({ key }) => key);
}

/** By rule: the name of a test that makes it fire, and of one that does not. */
const CASES: Readonly<Record<string, readonly [string, string]>> = {
  'credential-stuffing': ['25 users tried once each within a minute', '24 users tried once each'],
  'every-form': ['three refusals of two kinds, and the probe does not count', 'three of them by the probe'],
};

describe.each(
  sigma.flatMap(({ id, text }) => {
    const rule = rules.find((one) => one.id === id);
    return rule === undefined ? [] : [{ name: rule.name, rule, text }];
  }),
)('the Sigma rule of $name', ({ name, rule, text }) => {
  test('fires for one case and not for another', async () => {
    const [hit = '', miss = ''] = CASES[name] ?? [];
    expect(await fired(text, rule, hit)).toEqual(['ip:203.0.113.7']);
    await indices.clear();
    expect(await fired(text, rule, miss)).toEqual([]);
  });
});

test('every rule that counts documents is there', () => {
  expect(sigma).toHaveLength(Object.keys(CASES).length);
});
