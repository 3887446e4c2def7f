import {
  type ClientCaps,
  createDynamoClient,
  DEFAULT_BASE,
  type DynamoClient,
  effectiveCap,
} from '@trailgate/sdk/limits';
import {
  activeCaps,
  bucketsTable,
  type LimitsTables,
  limitsTable,
  writeCap,
} from '@trailgate/sdk/limits/table';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CapOrder } from '../console/answers.ts';
import { type DynamodbEngine, startDynamodb } from '../engines/dynamodb.ts';
import { ProcessRegistry } from '../processes/process-registry.ts';
import { LOCAL_CREDENTIALS, REGION } from './names.ts';
import { decideCap } from './operator-caps.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const MINUTE = 60_000;
const TABLES: LimitsTables = { limits: 'limits', buckets: 'buckets' };
const processes = new ProcessRegistry();
let dynamo: DynamoClient;
let engine: DynamodbEngine;

beforeAll(async () => {
  engine = await startDynamodb(processes.spawn);
  dynamo = createDynamoClient({ region: REGION, endpoint: engine.url, credentials: LOCAL_CREDENTIALS });
  for (const table of [limitsTable(TABLES.limits), bucketsTable(TABLES.buckets)]) {
    await dynamo.send('CreateTable', { ...table });
  }
});
afterAll(async () => {
  dynamo.close();
  await processes.close();
});

/** What a detector writes: held for an hour at one request in two seconds. */
const cut = (client: string, window: number) =>
  writeCap(dynamo, TABLES, {
    tenant: 'acme',
    client,
    detector: 'noisy-client',
    window: String(window),
    guard: { scope: 'acme', max: 100 },
    now: NOW,
    cap: {
      rate: 0.5,
      burst: 1,
      cls: '*',
      seq: window,
      hold: NOW + 60 * MINUTE,
      end: NOW + 90 * MINUTE,
      why: 'noisy-client',
      ev: 'f',
      strike: 1,
      mode: 'enforce',
    },
  });

const order = (client: string, over: Partial<CapOrder>, now = NOW) =>
  decideCap(
    { dynamo, tables: TABLES, base: DEFAULT_BASE },
    { tenant: 'acme', client, decision: 'allow', minutes: 10, why: '', ...over },
    now,
  );

async function capsOf(client: string): Promise<ClientCaps> {
  const found = (await activeCaps(dynamo, TABLES.limits, NOW)).find((caps) => caps.client === client);
  if (found === undefined) throw new Error(`no caps of ${client}`);
  return found;
}

const rateOf = async (client: string, now = NOW): Promise<number> =>
  effectiveCap(await capsOf(client), DEFAULT_BASE, '*', now).rate;

describe('an operator of the console', () => {
  test('lifts a cap, and it stays lifted though the detector writes again', async () => {
    await cut('ip:192.0.2.1', 1);
    expect(await rateOf('ip:192.0.2.1')).toBe(0.5);
    expect(await order('ip:192.0.2.1', {})).toBe(
      'ip:192.0.2.1 of tenant acme is served, whatever detectors say, until 12:10:00 UTC',
    );
    expect(await rateOf('ip:192.0.2.1')).toBe(DEFAULT_BASE.rate);
    await cut('ip:192.0.2.1', 2);
    expect(await rateOf('ip:192.0.2.1')).toBe(DEFAULT_BASE.rate);
    expect(await rateOf('ip:192.0.2.1', NOW + 10 * MINUTE)).toBe(0.5);
  });

  test('sets a rate and blocks, each in place of what was decided before', async () => {
    await cut('user:mallory', 1);
    await order('user:mallory', { decision: 'set', rate: 7 });
    expect(await rateOf('user:mallory')).toBe(7);
    expect(await order('user:mallory', { decision: 'block', why: 'incident' })).toContain('is blocked until');
    expect(await rateOf('user:mallory')).toBe(0);
    expect((await capsOf('user:mallory')).operator).toMatchObject({ by: 'console', why: 'incident' });
  });

  test('withdraws, and the detector’s cap holds again', async () => {
    await cut('ip:192.0.2.3', 1);
    await order('ip:192.0.2.3', { decision: 'block' });
    await order('ip:192.0.2.3', { decision: 'withdraw' });
    expect(await rateOf('ip:192.0.2.3')).toBe(0.5);
    await expect(order('ip:192.0.2.3', { decision: 'withdraw' })).rejects.toMatchObject({
      code: 'NOTHING_TO_WITHDRAW',
      message: 'no decision of an operator holds for ip:192.0.2.3 of tenant acme',
    });
  });

  test('hears that nothing can be decided while the table is down', async () => {
    await engine.refuse([TABLES.limits]);
    await expect(order('ip:192.0.2.4', { decision: 'block' })).rejects.toMatchObject({
      code: 'LIMITS_TABLE_AWAY',
      message: expect.stringContaining('the limits table does not take it: InternalServerError'),
    });
    await engine.refuse([]);
  });

  test('decides about a client that nobody capped, whatever its name is', async () => {
    await order('user:a#b\u202e', { tenant: 'acme', decision: 'set', rate: 0.5 });
    expect(await rateOf('user:a#b\u202e')).toBe(0.5);
  });
});
