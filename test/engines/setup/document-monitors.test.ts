import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenSearchIndex, type OpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { applyIndexSetup, connectOpenSearch } from '../../../collectors/src/setup/index.ts';
import { alertMonitors } from '../../../dashboards/src/index.ts';
import { openSearchUrl } from '../opensearch-url.ts';
import { type Call, type Client, callsOf } from './run-monitor.ts';
import { triggers } from './trigger-expression.ts';
import { WrittenIndices } from './written-indices.ts';

/** A day that no other test writes to. */
const INDEX = 'trail-1998.07.06';
const monitors = alertMonitors([], { channelIds: ['c'] }).flatMap((monitor) =>
  monitor.monitor_type === 'doc_level_monitor' ? [monitor] : [],
);

let client: Client;
let index: OpenSearchIndex;
let call: Call;
let indices: WrittenIndices;

const event = (action: string, outcome = 'success'): object => ({
  '@timestamp': '1998-07-06T12:00:00.000Z',
  event: { kind: 'event', action, outcome },
  user: { id: 'eve' },
});

/** In the order of their ids, and which triggers each must set off. */
const DOCUMENTS: readonly (readonly [object, readonly string[]])[] = [
  [event('sys_monitor_disabled'), ['trailgate-single-event-at-once']],
  [event('authn_token_reuse', 'failure'), ['trailgate-single-event-at-once']],
  [event('session_use_after_expire', 'failure'), ['trailgate-single-event-at-once']],
  [event('privilege_permissions_changed'), ['trailgate-single-event-rights']],
  [event('authz_change'), ['trailgate-single-event-rights']],
  [event('authz_change', 'failure'), []],
  [event('sys_monitor_enabled'), []],
  [event('authn_token_revoked'), []],
  [event('session_expired'), []],
  [event('authz_fail', 'failure'), []],
  [{ ...event('finding'), event: { kind: 'alert', action: 'finding' } }, []],
];

beforeAll(async () => {
  const url = await openSearchUrl();
  client = connectOpenSearch({ url });
  index = createOpenSearchIndex({ url }, { clock: Date.now });
  call = callsOf(client);
  indices = new WrittenIndices(call, index);
  await applyIndexSetup(client);
  await indices.write(INDEX, ...DOCUMENTS.map(([source]) => source));
});

afterAll(async () => {
  await indices.clear();
  index.close();
  await client.close();
});

/** Ids of the documents that a query of Lucene's language finds. */
async function found(query: string): Promise<readonly string[]> {
  const { hits } = (await call('POST', `/${INDEX}/_search`, {
    size: 100,
    query: { query_string: { query } },
  })) as {
    hits: { hits: { _id: string }[] };
  };
  return hits.hits.map(({ _id }) => _id);
}

describe.each(monitors.map((monitor) => ({ name: monitor.name, monitor })))('$name', ({ monitor }) => {
  const { queries } = monitor.inputs[0].doc_level_input;

  test.each(queries.map((query) => ({ ...query, asked: query })))(
    'the query $name finds a document, and not those of others',
    async ({ query }) => {
      const ids = await found(query);
      expect(ids).toHaveLength(1);
    },
  );

  test('each document sets off the triggers that it should, and no other', async () => {
    const matches = new Map(
      await Promise.all(queries.map(async (query) => [query, await found(query.query)] as const)),
    );
    for (const [at, [source, fired]] of DOCUMENTS.entries()) {
      const matched = queries.filter((query) => matches.get(query)?.includes(String(at)));
      const off = monitor.triggers.flatMap(({ document_level_trigger: { id, condition } }) =>
        triggers(condition.script.source, matched) ? [id] : [],
      );
      expect(off, JSON.stringify(source)).toEqual(fired);
    }
  });
});

test('there is a monitor of documents', () => {
  expect(monitors).toHaveLength(1);
});

test.each<[string, boolean]>([
  ['query[name=a]', true],
  ['query[name=b]', false],
  ['query[tag=t] && !query[name=b]', true],
  ['query[name=b] || query[tag=t] && query[name=a]', true],
  ['!(query[name=a] || query[name=b])', false],
])('an expression is evaluated as the plugin does: %s', (expression, holds) => {
  expect(triggers(expression, [{ name: 'a', tags: ['t'] }])).toBe(holds);
  expect(() => triggers(`${expression} &&`, [])).toThrow(SyntaxError);
});
