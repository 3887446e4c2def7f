import type { Client } from '@opensearch-project/opensearch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectOpenSearch } from './connect-opensearch.ts';
import { EngineStandIn } from './testing/engine-stand-in.ts';
import { watchNewestIndex } from './watch-newest-index.ts';

const DAY = Date.UTC(2026, 10, 23);
const MINUTE = 60_000;

let engine: EngineStandIn;
let client: Client;

beforeEach(async () => {
  engine = new EngineStandIn();
  client = connectOpenSearch({ url: await engine.start() });
});

afterEach(async () => {
  await client.close();
  await engine.stop();
});

const watch = async (now: number): Promise<string> => {
  const { status, name } = await watchNewestIndex(client, now);
  return `${status} ${name}`;
};

test('the index of the day is made once and is the only one through which the alias is written', async () => {
  expect(await watch(DAY)).toBe('created trail-2026.11.23');
  expect([...engine.writeIndices]).toEqual(['trail-2026.11.23']);
  engine.writes.length = 0;
  expect(await watch(DAY + 23 * 60 * MINUTE)).toBe('unchanged trail-2026.11.23');
  expect(engine.writes).toEqual([]);
});

test('minutes before midnight the next day’s takes over, in one call', async () => {
  await watch(DAY);
  engine.writes.length = 0;
  expect(await watch(DAY + (24 * 60 - 2) * MINUTE)).toBe('created trail-2026.11.24');
  expect([...engine.writeIndices]).toEqual(['trail-2026.11.24']);
  expect(engine.writes).toEqual(['PUT /trail-2026.11.24', 'POST /_aliases']);
});

test('an index that the collector’s first document has made is taken as it is', async () => {
  engine.indices.set('trail-2026.11.23', {});
  engine.aliased.add('trail-2026.11.23');
  expect(await watch(DAY)).toBe('changed trail-2026.11.23');
  const exists = { status: 400, body: { error: { type: 'resource_already_exists_exception' } } };
  engine.instead = ({ method }) => (method === 'PUT' ? exists : undefined);
  expect(await watch(DAY + 24 * 60 * MINUTE)).toBe('created trail-2026.11.24');
});

test('what the engine refuses is said', async () => {
  engine.instead = ({ method }) =>
    method === 'POST'
      ? { status: 403, body: { error: { type: 'security_exception', reason: 'no' } } }
      : undefined;
  expect(await watchNewestIndex(client, DAY)).toMatchObject({
    status: 'failed',
    detail: '403 security_exception: no',
  });
});
