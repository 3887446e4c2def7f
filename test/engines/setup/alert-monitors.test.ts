import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../../collectors/src/setup/index.ts';
import { bulkOf } from '../../../collectors/src/testing/bulk-of.ts';
import { alertMonitors, DEFAULT_THRESHOLDS, type MonitorDefinition } from '../../../dashboards/src/index.ts';
import { COMPLETENESS_RULES } from '../../../dashboards/src/monitors/completeness-rules.ts';
import { savedSearches } from '../../../dashboards/src/opensearch/saved-searches.ts';
import { UNCOUNTED_RULE } from '../../../detectors/src/completeness.ts';
import { MISSING_RULE } from '../../../detectors/src/sequence/missing-records.ts';
import { openSearchUrl } from '../opensearch-url.ts';

/** Days that no other test writes to. */
const DAY = Date.UTC(1998, 4, 6);
const NOON = DAY + 12 * 3_600_000;
const MINUTE = 60_000;
const monitors = alertMonitors({ channelIds: ['c'] });

let client: ReturnType<typeof connectOpenSearch>;
let index: OpenSearchIndex;
const made = new Set<string>();

async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await client.transport.request({ method, path, ...(body === undefined ? {} : { body }) });
  return answer.body as Record<string, unknown>;
}

async function write(name: string, ...sources: readonly object[]): Promise<void> {
  made.add(name);
  const documents = sources.map((source, at) => ({
    index: name,
    id: `${at}`,
    source: JSON.stringify(source),
  }));
  for (let from = 0; from < documents.length; from += 1_000) {
    const statuses = await index.bulk(bulkOf(...documents.slice(from, from + 1_000)));
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set(['created']));
  }
  await call('POST', `/${name}/_refresh`);
}

async function clear(): Promise<void> {
  for (const name of made) await call('DELETE', `/${name}`).catch(() => undefined);
  made.clear();
}

beforeAll(async () => {
  const url = await openSearchUrl();
  client = connectOpenSearch({ url });
  index = createOpenSearchIndex({ url }, { clock: Date.now });
  await applyIndexSetup(client);
});

afterAll(async () => {
  await clear();
  index.close();
  await client.close();
});

function named(part: string): MonitorDefinition {
  const found = monitors.find(({ name }) => name.includes(part));
  if (found === undefined) throw new TypeError(`monitor ${part}: expected one, got none`);
  return found;
}

/** As the plugin runs it: the search with its time filled in, then the condition over the answer. */
async function run(
  { inputs: [{ search }], triggers: [trigger] }: MonitorDefinition,
  at: number,
): Promise<readonly string[]> {
  const text = JSON.stringify(search.query).replaceAll('{{period_end}}', String(at));
  const path = `/${search.indices.join(',')}/_search`;
  if ('query_level_trigger' in trigger) {
    const results = [await call('POST', path, JSON.parse(text))];
    const source = trigger.query_level_trigger.condition.script.source.replaceAll('ctx.', 'params.ctx.');
    const script = { lang: 'painless', source: `return ${source};`, params: { ctx: { results } } };
    const { result } = await call('POST', '/_scripts/painless/_execute', { script });
    return result === 'true' ? ['fires'] : [];
  }
  const { buckets_path, parent_bucket_path, script } = trigger.bucket_level_trigger.condition;
  const query = JSON.parse(text);
  const parent = query.aggregations[parent_bucket_path];
  // The plugin selects from outside the aggregation; the engine's own selector does the same from inside.
  parent.aggregations = { ...parent.aggregations, fires: { bucket_selector: { buckets_path, script } } };
  const { aggregations } = (await call('POST', path, query)) as {
    aggregations: Record<string, { buckets: { key: object }[] }>;
  };
  return (aggregations[parent_bucket_path]?.buckets ?? []).map(({ key }) => Object.values(key).join(','));
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
    const nowhere: MonitorDefinition['inputs'] = [{ search: { ...search, indices: ['no-such-index-*'] } }];
    const monitor = { ...monitors[0], triggers, inputs: nowhere } as MonitorDefinition;
    expect(await run(monitor, NOON)).toEqual([]);
  }
});

describe('on indices without a document', () => {
  beforeAll(async () => {
    for (const name of ['trail-1998.05.05', 'business-1998.05.05']) {
      made.add(name);
      await call('PUT', `/${name}`);
    }
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
      ...Array.from({ length: DEFAULT_THRESHOLDS.failedLoginsPerAddress }, (_, n) =>
        login(3, `user-${n}`, '203.0.113.7'),
      ),
      login(30, 'bob', '203.0.113.8', 1_000),
      at(NOON - MINUTE, {
        event: { kind: 'event', action: 'authz_change' },
        user: { id: 'eve' },
        target: 'ann',
      }),
      ...Array.from({ length: DEFAULT_THRESHOLDS.eventsADay }, (_, n) => at(DAY + n, { level: 'INFO' })),
    );
  });
  afterAll(clear);

  test.each([
    ['new finding', NOON, ['credential-stuffing,acme,ip:203.0.113.9']],
    ['as one user', NOON, ['ann']],
    ['from one network address', NOON, ['203.0.113.7']],
    ['rights changed', NOON, ['authz_change,eve,ann']],
    ['records missing', NOON, ['fires']],
    ['trail silent', NOON + 16 * MINUTE, ['fires']],
  ])('%s fires', async (part, now, fired) => {
    expect(await run(named(part), now)).toEqual(fired);
  });

  test.each([
    ['new finding', NOON + 3 * 60 * MINUTE],
    ['as one user', NOON + 10 * MINUTE],
    ['from one network address', NOON + 10 * MINUTE],
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
  expect(found).toEqual({
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
