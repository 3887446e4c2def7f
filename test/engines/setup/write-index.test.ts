import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyIndexSetup, connectOpenSearch, watchNewestIndex } from '../../../collectors/src/setup/index.ts';
import { openSearchUrl } from '../opensearch-url.ts';
import { type Call, type Client, callsOf } from './run-monitor.ts';

/** Days that no other test writes to. */
const DAY = Date.UTC(1998, 7, 6);
const MINUTE = 60_000;
const MADE = ['trail-1998.08.05', 'trail-1998.08.06', 'trail-1998.08.07'];

let client: Client;
let call: Call;

beforeAll(async () => {
  client = connectOpenSearch({ url: await openSearchUrl() });
  call = callsOf(client);
  await applyIndexSetup(client);
  await call('PUT', '/trail-1998.08.05');
});

afterAll(async () => {
  for (const name of MADE) await call('DELETE', `/${name}`).catch(() => undefined);
  await client.close();
});

/** Those through which the alias is written. */
async function writeIndices(): Promise<readonly string[]> {
  const found = (await call('GET', '/_alias/trail')) as Record<string, { aliases: Record<string, object> }>;
  return Object.entries(found).flatMap(([name, { aliases }]) =>
    (aliases.trail as { is_write_index?: boolean }).is_write_index === true ? [name] : [],
  );
}

test('the alias of the trail is written through the index of the day, and through the next one’s before it begins', async () => {
  expect(await writeIndices()).not.toContain('trail-1998.08.06');
  expect(await watchNewestIndex(client, DAY + 60 * MINUTE)).toMatchObject({
    status: 'created',
    name: 'trail-1998.08.06',
  });
  expect(await writeIndices()).toEqual(['trail-1998.08.06']);
  expect(await watchNewestIndex(client, DAY + 22 * 60 * MINUTE)).toMatchObject({ status: 'unchanged' });
  expect(await watchNewestIndex(client, DAY + (24 * 60 - 2) * MINUTE)).toMatchObject({
    status: 'created',
    name: 'trail-1998.08.07',
  });
  expect(await writeIndices()).toEqual(['trail-1998.08.07']);
});

test('the collector’s first document of another day still makes its index, with the alias and the schema', async () => {
  const { _index } = await call('PUT', '/trail-1998.08.08/_create/1?refresh=true', {
    '@timestamp': '1998-08-08T00:00:00Z',
    event: { action: 'authz_change' },
  });
  MADE.push('trail-1998.08.08');
  expect(_index).toBe('trail-1998.08.08');
  const { count } = await call('POST', '/trail/_count', {
    query: { term: { 'event.action': 'authz_change' } },
  });
  expect(count).toBeGreaterThanOrEqual(1);
  expect(await writeIndices()).toEqual(['trail-1998.08.07']);
});
