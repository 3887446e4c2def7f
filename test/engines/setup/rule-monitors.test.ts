import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../../collectors/src/setup/index.ts';
import type { SearchMonitor } from '../../../dashboards/src/index.ts';
import type { RuleLoss } from '../../../dashboards/src/monitors/rules/rule-losses.ts';
import { ruleMonitors } from '../../../dashboards/src/monitors/rules/rule-monitors.ts';
import { loadRules, type RuleTest, shippedRules } from '../../../detectors/src/rules/index.ts';
import { openSearchUrl } from '../opensearch-url.ts';
import { ruleTrail } from './rule-trail.ts';
import { type Call, type Client, callsOf, runMonitor } from './run-monitor.ts';
import { WrittenIndices } from './written-indices.ts';

/** A month that no other test writes to: a day for each test of a rule. */
const MONTH = Date.UTC(1998, 5, 1);
const DAY_MS = 86_400_000;
const MINUTE = 60_000;

const made = ruleMonitors(await loadRules(shippedRules()), { channelIds: ['c'] });

/** Tests with `expect: miss` at which the monitor fires, and what of the rule it cannot say makes the difference. */
const FIRES_IN_SPITE: Readonly<Record<string, Readonly<Record<string, RuleLoss>>>> = {
  'credential-stuffing': {
    'a fourth of 120 people behind one address mistype twice and give up': 'exoneration',
    '20 users tried four times each, which is another pattern': 'per-value',
  },
};

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

/** Whether it fires at any of its runs from the first event to a window after the last, one a minute. */
async function fires(monitor: SearchMonitor, ruleTest: RuleTest, day: number): Promise<boolean> {
  const { documents, from, until } = ruleTrail(ruleTest, day);
  for (const name of new Set(documents.map((document) => document.index))) {
    const sources = documents.flatMap((document) => (document.index === name ? [document.source] : []));
    await indices.write(name, ...sources);
  }
  for (let at = from; at < until + MINUTE; at += MINUTE) {
    if ((await runMonitor(call, monitor, at)).length > 0) return true;
  }
  return false;
}

describe.each(
  made.flatMap(({ rule, monitor, losses }) =>
    monitor?.definition.monitor_type === 'bucket_level_monitor'
      ? [{ name: rule.name, rule, losses, definition: monitor.definition as SearchMonitor }]
      : [],
  ),
)('the monitor of the rule $name', ({ name, rule, losses, definition }) => {
  const inSpite = FIRES_IN_SPITE[name] ?? {};

  test.each(rule.tests.map((ruleTest, at) => ({ ...ruleTest, at, ruleTest })))(
    '$expect: $name',
    async ({ name: testName, expect: expected, at, ruleTest }) => {
      const fired = await fires(definition, ruleTest, MONTH + at * DAY_MS);
      expect(fired).toBe(expected === 'hit' || inSpite[testName] !== undefined);
    },
  );

  test('fires in spite of the rule only for what is named as not said', () => {
    const missing = rule.tests.flatMap((one) => (one.expect === 'miss' ? [one.name] : []));
    expect(missing).toEqual(expect.arrayContaining(Object.keys(inSpite)));
    expect(losses.map(({ loss }) => loss)).toEqual(expect.arrayContaining(Object.values(inSpite)));
  });
});

test('a rule has no monitor only where it counts what no index has', () => {
  for (const { rule, monitor, losses } of made) {
    if (monitor === undefined) expect(losses, rule.name).toMatchObject([{ loss: 'usage' }]);
  }
  expect(made.some(({ monitor }) => monitor !== undefined)).toBe(true);
});
