import type { Channel } from '@trailgate/sdk/wire';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCollector } from '../../collectors/src/collector.ts';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../collectors/src/opensearch/index.ts';
import { SCHEMA_VERSION, userFields } from '../../collectors/src/schema/index.ts';
import { applyIndexSetup, connectOpenSearch, type SetupReport } from '../../collectors/src/setup/index.ts';
import { bulkOf } from '../../collectors/src/testing/bulk-of.ts';
import { eventOfLines } from '../../collectors/src/testing/kinesis-event.ts';
import { MemoryIndex } from '../../collectors/src/testing/memory-index.ts';
import { memoryPorts } from '../../collectors/src/testing/memory-ports.ts';
import { logLine, requestLine, rollupLine, trailLine } from '../../collectors/src/testing/sdk-lines.ts';
import { index as indexCommand } from '../../infra/cli/index-command.ts';
import { openSearchUrl } from './opensearch-url.ts';
import { versionTwo } from './schema-version-two.ts';

/** A year that no other test writes to, and no real log. */
const YEAR = '1999';
const CHANNELS: readonly Channel[] = ['business', 'trail'];

let url: string;
let client: ReturnType<typeof connectOpenSearch>;
let index: OpenSearchIndex;
const writes: string[] = [];

async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await client.transport.request({ method, path, ...(body === undefined ? {} : { body }) });
  return answer.body as Record<string, unknown>;
}

/** Nothing of ours, as on a new engine. */
async function clear(): Promise<void> {
  for (const channel of CHANNELS) {
    const found = await call('GET', `/${channel}-${YEAR}.*/_alias`);
    for (const name of Object.keys(found)) await call('DELETE', `/${name}`);
  }
  for (const kind of ['index_template', 'component_template']) {
    for (const name of ['settings', 'common', ...CHANNELS]) {
      await call('DELETE', `/_${kind}/trailgate-${name}`).catch(() => undefined);
    }
  }
}

beforeAll(async () => {
  url = await openSearchUrl();
  client = connectOpenSearch({ url });
  index = createOpenSearchIndex({ url }, { clock: Date.now });
  client.on('request', (_, { meta }) => {
    const { method, path } = meta.request.params;
    if (method !== 'GET') writes.push(`${method} ${path}`);
  });
});

beforeEach(async () => {
  await clear();
  writes.length = 0;
});

afterAll(async () => {
  await clear();
  index.close();
  await client.close();
});

function named(report: SetupReport, status: string): readonly string[] {
  return report.steps
    .filter((step) => step.status === status && !/^(?:business|trail)-(?!1999)/.test(step.name))
    .map(({ subject, name }) => `${subject} ${name}`);
}

async function statuses(name: string, ...sources: readonly object[]): Promise<readonly string[]> {
  const documents = sources.map((source, at) => ({
    index: name,
    id: `d${at}`,
    source: JSON.stringify({ '@timestamp': '1999-01-01T00:00:00.000Z', ...source }),
  }));
  return (await index.bulk(bulkOf(...documents))).map(({ status }) => status);
}

async function hits(target: string, query: object): Promise<number> {
  await call('POST', `/${target}/_refresh`);
  const { count } = await call('POST', `/${target}/_count`, { query });
  return Number(count);
}

describe('applying', () => {
  test('creates everything once, skips what the engine lacks, and the second time writes nothing', async () => {
    const first = await applyIndexSetup(client);
    expect(named(first, 'created')).toEqual([
      'component template trailgate-settings',
      'component template trailgate-common',
      'component template trailgate-business',
      'component template trailgate-trail',
      'index template trailgate-business',
      'index template trailgate-trail',
    ]);
    expect(named(first, 'skipped')).toEqual([
      'lifecycle policy trailgate-business',
      'lifecycle policy trailgate-trail',
      'role all',
    ]);
    await statuses(`trail-${YEAR}.01.01`, {});
    writes.length = 0;
    const second = await applyIndexSetup(client);
    expect([...named(second, 'created'), ...named(second, 'changed'), ...named(second, 'failed')]).toEqual(
      [],
    );
    expect(writes).toEqual([]);
  });

  test('with another option changes the settings only, and a dry run says so first', async () => {
    await applyIndexSetup(client);
    writes.length = 0;
    const dry = await applyIndexSetup(client, { replicas: 0, dryRun: true });
    expect(named(dry, 'changed')).toEqual(['component template trailgate-settings']);
    expect(writes).toEqual([]);
    const wet = await applyIndexSetup(client, { replicas: 0 });
    expect(named(wet, 'changed')).toEqual(named(dry, 'changed'));
    expect(writes).toEqual(['PUT /_component_template/trailgate-settings']);
  });

  test('over a newer version is refused', async () => {
    await applyIndexSetup(client);
    await call('PUT', '/_component_template/trailgate-common', { version: SCHEMA_VERSION + 1, template: {} });
    await expect(applyIndexSetup(client)).rejects.toMatchObject({ code: 'NEWER_SCHEMA' });
    const forced = await applyIndexSetup(client, { force: true });
    expect(named(forced, 'changed')).toEqual(['component template trailgate-common']);
  });
});

describe('a new daily index', () => {
  const lines = [
    logLine(0),
    requestLine(1),
    rollupLine(2),
    trailLine(3),
    '{"level":"info","a":{"b":1}}',
    'text',
  ];
  let documents: readonly { readonly channel: Channel; readonly source: object }[];

  beforeAll(async () => {
    const memory = new MemoryIndex();
    await createCollector(memoryPorts(memory))(eventOfLines(...lines));
    documents = CHANNELS.flatMap((channel) =>
      memory.all(`${channel}-`).map((source) => ({ channel, source })),
    );
  });
  beforeEach(async () => {
    await applyIndexSetup(client);
  });

  test('takes documents of every kind, and is behind the alias of its channel', async () => {
    expect(documents).toHaveLength(lines.length);
    for (const channel of CHANNELS) {
      const sources = documents
        .filter((document) => document.channel === channel)
        .map(({ source }) => source);
      const answers = await statuses(`${channel}-${YEAR}.02.03`, ...sources);
      expect(answers).toEqual(sources.map(() => 'created'));
      const here = { term: { _index: `${channel}-${YEAR}.02.03` } };
      expect(await hits(channel, here)).toBe(sources.length);
    }
  });

  test('refuses a field that the schema does not have, and one that is only another name', async () => {
    expect(
      await statuses(`trail-${YEAR}.02.03`, { invented: 1 }, { log: { level: 'INFO' } }, { kept: 'x' }),
    ).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await statuses(`business-${YEAR}.02.03`, { kept: 'slow' })).toEqual(['created']);
  });

  test('answers by the other names of fields, and by what stands inside user fields', async () => {
    const name = `business-${YEAR}.02.03`;
    const [log] = documents.filter(({ source }) => 'error' in source);
    await statuses(name, log?.source ?? {});
    for (const term of [
      { 'log.level': 'INFO' },
      { 'trace.id': '4bf92f3577b34da6a3ce929d0e0e4736' },
      { 'fields.basket.size': '3' },
    ]) {
      expect(await hits(name, { term }), JSON.stringify(term)).toBe(1);
    }
  });

  test('takes user fields of any size and depth: in the index to the last byte of a term, otherwise stored', async () => {
    const nested = (levels: number): object => JSON.parse(`${'{"d":'.repeat(levels)}1${'}'.repeat(levels)}`);
    const limit = 'x'.repeat(32_766 - 'fields.fields.a='.length);
    const indexed = [{ a: limit }, { a: 'é'.repeat(16_375) }, nested(64), { '': { '.': 1, 'a.b': [[[]]] } }];
    const stored = [{ a: `${limit}x` }, nested(900), 'no object', [1]];
    const fields = [...indexed, ...stored].map(userFields);
    expect(fields.flatMap(Object.keys)).toEqual([
      ...indexed.map(() => 'fields'),
      ...stored.map(() => 'fields_stored'),
    ]);
    expect(await statuses(`business-${YEAR}.02.03`, ...fields)).toEqual(fields.map(() => 'created'));
    // One byte more in the index, and the engine refuses the document.
    expect(await statuses(`business-${YEAR}.02.04`, { fields: { a: `${limit}x` } })).toEqual(['rejected']);
  });
});

describe('an upgrade from schema version 2', () => {
  const old = `trail-${YEAR}.03.04`;
  beforeEach(async () => {
    for (const channel of CHANNELS) {
      await call('PUT', `/_index_template/trailgate-${channel}`, versionTwo(channel));
    }
    expect(await statuses(old, { user: { id: 'ann' } }, { user: { name: 'ann' } })).toEqual([
      'created',
      'rejected',
    ]);
  });

  test('gives an index that is there the new fields and the alias, and keeps its documents', async () => {
    const report = await applyIndexSetup(client);
    expect(report.installed).toBe(2);
    const step = report.steps.find(({ name }) => name === old);
    expect(step).toMatchObject({
      status: 'changed',
      detail: expect.stringMatching(/user\.name.*, alias trail$/),
    });
    const name = {
      index: old,
      id: 'late',
      source: '{"@timestamp":"1999-03-04T00:00:00Z","user":{"name":"ann"}}',
    };
    expect((await index.bulk(bulkOf(name))).map(({ status }) => status)).toEqual(['created']);
    expect(await hits('trail', { terms: { _index: [old] } })).toBe(2);
    expect(named(await applyIndexSetup(client), 'changed')).toEqual([]);
  });

  test('names an index whose field is of another type, and goes on with the others', async () => {
    const other = `trail-${YEAR}.03.05`;
    await call('PUT', `/${other}`, { mappings: { properties: { tenant: { type: 'long' } } } });
    const report = await applyIndexSetup(client);
    expect(named(report, 'failed')).toEqual([`index ${other}`]);
    expect(report.steps.find(({ name }) => name === other)?.detail).toContain('tenant is long, not keyword');
    expect(named(report, 'changed')).toContain(`index ${old}`);
  });
});

describe('the command', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  });
  afterEach(() => vi.restoreAllMocks());

  test('finds a difference, applies it, and finds none', async () => {
    expect(await indexCommand(['diff', '--url', url])).toBe(1);
    expect(said.pop()).toContain(
      'nothing was installed; dry run, nothing is written\n  created  component template',
    );
    expect(await indexCommand(['apply', '--url', url, '--trail-days', '90'])).toBe(0);
    expect(said.pop()).toContain('6 created');
    expect(await indexCommand(['diff', '--url', url, '--json'])).toBe(0);
    expect(JSON.parse(said.pop() ?? '')).toMatchObject({ version: SCHEMA_VERSION, dryRun: true });
  });
});
