import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../../collectors/src/setup/index.ts';
import { alertMonitors, DEFAULT_THRESHOLDS, type SearchMonitor } from '../../../dashboards/src/index.ts';
import { COMPLETENESS_RULES } from '../../../dashboards/src/monitors/completeness-rules.ts';
import { savedSearches } from '../../../dashboards/src/opensearch/saved-searches.ts';
import { UNCOUNTED_RULE } from '../../../detectors/src/completeness.ts';
import { MISSING_RULE } from '../../../detectors/src/sequence/missing-records.ts';
import { openSearchUrl } from '../opensearch-url.ts';
import { type Call, type Client, callsOf, runMonitor } from './run-monitor.ts';
import { WrittenIndices } from './written-indices.ts';

/** Days that no other test writes to. */
const DAY = Date.UTC(1998, 4, 6);
const NOON = DAY + 12 * 3_600_000;
const MINUTE = 60_000;
/** Those of documents, and those made from rules, have tests of their own. */
const monitors: readonly SearchMonitor[] = alertMonitors([], { channelIds: ['c'] }).flatMap((monitor) =>
  monitor.monitor_type === 'doc_level_monitor' ? [] : [monitor],
);

let client: Client;
let index: OpenSearchIndex;
let call: Call;
let indices: WrittenIndices;
const clear = (): Promise<void> => indices.clear();
const write = (name: string, ...sources: readonly object[]): Promise<void> => indices.write(name, ...sources);
const run = (monitor: SearchMonitor, at: number): Promise<readonly string[]> => runMonitor(call, monitor, at);

beforeAll(async () => {
  const url = await openSearchUrl();
  client = connectOpenSearch({ url });
  index = createOpenSearchIndex({ url }, { clock: Date.now });
  call = callsOf(client);
  indices = new WrittenIndices(call, index);
  await applyIndexSetup(client);
});

afterAll(async () => {
  await clear();
  index.close();
  await client.close();
});

function named(part: string): SearchMonitor {
  const found = monitors.find(({ name }) => name.includes(part));
  if (found === undefined) throw new TypeError(`monitor ${part}: expected one, got none`);
  return found;
}

const at = (time: number, source: object): object => ({
  '@timestamp': new Date(time).toISOString(),
  ...source,
});
const finding = (rule: string, minutesAgo: number, more: object = {}): object =>
  at(NOON - minutesAgo * MINUTE, {
    event: { kind: 'alert', action: 'finding' },
    rule: { name: rule },
    ...more,
  });
const login = (minutesAgo: number, user: string, ip: string, count?: number): object =>
  at(NOON - minutesAgo * MINUTE, {
    event: { kind: 'event', action: 'authn_login_fail', category: ['authentication'], outcome: 'failure' },
    user: { id: user },
    source: { ip },
    ...(count === undefined ? {} : { count }),
  });

test('before there is an index, a condition over all that was found does not stumble over what is not there', async () => {
  const ofAll = monitors.filter(({ monitor_type }) => monitor_type === 'query_level_monitor');
  expect(ofAll).toHaveLength(2);
  for (const { triggers, inputs } of ofAll) {
    const [{ search }] = inputs;
    const nowhere: SearchMonitor['inputs'] = [{ search: { ...search, indices: ['no-such-index-*'] } }];
    const monitor = { ...monitors[0], triggers, inputs: nowhere } as SearchMonitor;
    expect(await run(monitor, NOON)).toEqual([]);
  }
});

describe('on indices without a document', () => {
  beforeAll(async () => {
    await indices.make('trail-1998.05.05', 'business-1998.05.05');
  });
  afterAll(clear);

  test('every monitor’s search and condition runs, and none fires', async () => {
    for (const monitor of monitors) expect(await run(monitor, DAY - 86_400_000), monitor.name).toEqual([]);
  });
});

describe('on a day of the trail', () => {
  beforeAll(async () => {
    await write(
      'trail-1998.05.06',
      finding('credential-stuffing', 20, { tenant: 'acme', principal: 'ip:203.0.113.9' }),
      finding('credential-stuffing', 10, { tenant: 'acme', principal: 'ip:203.0.113.9' }),
      finding('records-missing', 5, { message: 'records 3 to 5 of shop never came' }),
      // A folded record counts for all, one without a count for one.
      login(1, 'ann', '203.0.113.9', DEFAULT_THRESHOLDS.failedLoginsPerUser - 1),
      login(2, 'ann', '203.0.113.9'),
      login(30, 'bob', '203.0.113.8', 1_000),
      at(NOON - MINUTE, {
        event: { kind: 'event', action: 'authz_change' },
        user: { id: 'eve' },
        target: 'ann',
      }),
      at(NOON - 2 * MINUTE, {
        event: { kind: 'event', action: 'authn_token_reuse' },
        user: { id: 'eve' },
        target: 't-1',
      }),
      ...Array.from({ length: DEFAULT_THRESHOLDS.eventsADay }, (_, n) => at(DAY + n, { level: 'INFO' })),
    );
  });
  afterAll(clear);

  test.each([
    ['new finding', NOON, ['credential-stuffing,acme,ip:203.0.113.9']],
    ['as one user', NOON, ['ann']],
    ['rights changed', NOON, ['authn_token_reuse,eve,t-1', 'authz_change,eve,ann']],
    ['records missing', NOON, ['fires']],
    ['trail silent', NOON + 16 * MINUTE, ['fires']],
  ])('%s fires', async (part, now, fired) => {
    expect(await run(named(part), now)).toEqual(fired);
  });

  test.each([
    ['new finding', NOON + 3 * 60 * MINUTE],
    ['as one user', NOON + 10 * MINUTE],
    ['rights changed', NOON + 2 * 60 * MINUTE],
    ['records missing', NOON + 2 * 60 * MINUTE],
    // It speaks, or spoke too seldom to be missed.
    ['trail silent', NOON],
    ['trail silent', NOON + 24 * 60 * MINUTE],
  ])('%s does not at another time', async (part, now) => {
    expect(await run(named(part), now)).toEqual([]);
  });
});

test('records with a wrong clock are counted by service, whatever their time says', async () => {
  const records = (count: number, service: string): readonly object[] =>
    Array.from({ length: count }, (_, n) => at(Date.UTC(2097, 0, 1) + n, { service: { name: service } }));
  await write(
    'business-late-1998.05',
    ...records(DEFAULT_THRESHOLDS.lateRecords, 'shop'),
    ...records(DEFAULT_THRESHOLDS.lateRecords - 1, 'cart'),
  );
  expect(await run(named('wrong clock'), NOON)).toEqual(['business-late-1998.05,shop']);
  await clear();
});

test('every saved search is a query that the engine understands', async () => {
  await write('trail-1998.05.07', finding('any', 0), login(0, 'ann', '203.0.113.9'));
  await write('trail-late-1998.05', at(NOON, {}));
  await write('business-1998.05.07', at(NOON, { level: 'ERROR' }));
  const found: Record<string, number> = {};
  for (const { id, attributes, references } of savedSearches()) {
    const { query } = JSON.parse(attributes.kibanaSavedObjectMeta.searchSourceJSON);
    const channel = references[0]?.id === 'trailgate-business' ? 'business' : 'trail';
    const where = [
      { query_string: { query: query.query } },
      { range: { '@timestamp': { lt: '1999-01-01' } } },
    ];
    const { count } = await call('POST', `/${channel}-*/_count`, { query: { bool: { filter: where } } });
    found[id] = Number(count);
  }
  expect(found).toMatchObject({
    'trailgate-search-trail': 2,
    'trailgate-search-findings': 1,
    'trailgate-search-failed-logins': 1,
    'trailgate-search-refused': 0,
    'trailgate-search-rights-changed': 0,
    'trailgate-search-late': 1,
    'trailgate-search-errors': 1,
  });
  await clear();
});

test('the rules that speak of the pipeline are those of the detectors', () => {
  expect([...COMPLETENESS_RULES].sort()).toEqual([MISSING_RULE.name, UNCOUNTED_RULE.name].sort());
});
