import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClientFromEnv } from '@trailgate/sdk/limits';
import { bucketsTable, limitsTable, writeOperatorCap } from '@trailgate/sdk/limits/table';
import { readHead } from '@trailgate/sdk/wire';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Gateway, startGateway } from '../local/gateway/gateway.ts';
import { API_ROUTES } from './api.ts';
import { createAuthorizerHandler } from './authorizer/wiring.ts';
import { seedShop } from './data/seed.ts';
import { readInventoryGroup, reserveGroup } from './inventory/wiring.ts';
import { generateSigningKeys } from './keys.ts';
import { adminOrdersGroup, loginGroup, placeOrderGroup, readOrdersGroup } from './orders/wiring.ts';
import { createShopHandler } from './shop-handler.ts';
import { startShopTables, TABLES, type TestTables } from './testing/shop-tables.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Line {
  readonly kind: string;
  readonly service: { readonly name: string };
  readonly [name: string]: unknown;
}

const AWS = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const CONTEXT = { awsRequestId: 'request', functionName: 'shop' };
const LIMITS = { limits: 'limits', buckets: 'buckets' };
const written: string[] = [];
const ports = { write: (text: string): void => void written.push(text) };
const ORDERS = [loginGroup, readOrdersGroup, placeOrderGroup, adminOrdersGroup];
const handlers = new Map<string, (event: never, context: typeof CONTEXT) => Promise<unknown>>();
let env: Record<string, string>;
let tables: TestTables;
let gateway: Gateway;

beforeAll(async () => {
  tables = await startShopTables();
  for (const table of [limitsTable(LIMITS.limits), bucketsTable(LIMITS.buckets)]) {
    await tables.client.send(new CreateTableCommand(table));
  }
  await seedShop(tables.client, TABLES, {
    users: [
      { tenant: 'acme', user: 'anna', password: 'green tea', roles: [] },
      { tenant: 'acme', user: 'ben', password: 'black tea', roles: [] },
      { tenant: 'acme', user: 'ada', password: 'white tea', roles: ['admin'] },
    ],
    skus: [{ sku: 'TEA', stock: 10 }],
    scryptCost: 16,
  });
  gateway = await startGateway({
    port: 0,
    routes: API_ROUTES,
    authorizer: 'authorizer',
    clock: Date.now,
    invoke: async (name, event) => {
      try {
        return { ok: true, result: await handlers.get(name)?.(event as never, CONTEXT) };
      } catch (thrown) {
        const { name: errorType, message: errorMessage } = thrown as Error;
        return { ok: false, error: { errorType, errorMessage, trace: [] } };
      }
    },
  });
  const { privateJwk, jwks } = await generateSigningKeys();
  env = {
    ...AWS,
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    ORDERS_TABLE: TABLES.orders,
    USERS_TABLE: TABLES.users,
    INVENTORY_TABLE: TABLES.inventory,
    LIMITS_TABLE: LIMITS.limits,
    BUCKETS_TABLE: LIMITS.buckets,
    JWT_ISSUER: 'https://shop.example',
    JWT_AUDIENCE: 'shop',
    JWT_PRIVATE_JWK: JSON.stringify(privateJwk),
    JWT_JWKS: JSON.stringify(jwks),
    INVENTORY_URL: gateway.url,
  };
  // The AWS SDK reads its own settings.
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv('TRAILGATE_SAMPLE_RATE', '1');
  handlers.set('orders', await createShopHandler('orders', ORDERS, env, ports));
  handlers.set(
    'inventory',
    await createShopHandler('inventory', [readInventoryGroup, reserveGroup], env, ports),
  );
  handlers.set('authorizer', await createAuthorizerHandler(env, ports));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await gateway.stop();
  await tables.stop();
});

async function call(key: string, token?: string, body?: object, headers: object = {}): Promise<Answer> {
  const [method = '', path = ''] = key.split(' ');
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

async function tokenOf(user: string, password: string): Promise<string> {
  return String((await call('POST /login', undefined, { user, password, tenant: 'acme' })).body.token);
}

function lines(): readonly Line[] {
  return written
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const reading = readHead(line);
      if (reading.is !== 'record') throw new Error(`not a record: ${line}`);
      return { ...(JSON.parse(line) as Line), kind: reading.head.kind };
    });
}

const trail = (): readonly unknown[] =>
  lines()
    .filter(({ kind }) => kind === 'trail')
    .map(({ event, target, principal }) => {
      const { action, reason } = event as { action: string; reason?: string };
      return { action, reason, target, principal };
    });

test('an order goes from the login to the stock under one correlation id', async () => {
  written.length = 0;
  const token = await tokenOf('anna', 'green tea');
  const headers = { 'x-correlation-id': 'order-story-1' };
  const placed = await call('POST /orders', token, { sku: 'TEA', quantity: 3 }, headers);
  expect(placed).toMatchObject({ status: 201, body: { user: 'anna', tenant: 'acme', status: 'placed' } });
  expect(placed.headers.get('x-correlation-id')).toBe('order-story-1');
  expect((await call(`GET /orders/${placed.body.id}`, token)).body).toEqual(placed.body);
  expect((await call('GET /inventory/TEA', token)).body).toEqual({ sku: 'TEA', stock: 7 });
  const services = lines()
    .filter(({ correlation_id, kind }) => correlation_id === 'order-story-1' && kind === 'request')
    .map(({ service }) => service.name);
  expect(services.sort()).toEqual(['authorizer', 'authorizer', 'inventory', 'orders']);
  expect(written.join('')).not.toContain('green tea');
  expect(written.join('')).not.toContain(token);
});

test('what is not there any more is 409 and takes nothing', async () => {
  const token = await tokenOf('anna', 'green tea');
  expect((await call('POST /orders', token, { sku: 'TEA', quantity: 50 })).status).toBe(409);
  expect((await call('GET /inventory/TEA', token)).body.stock).toBe(7);
});

describe('the trail of who may not', () => {
  test('log in', async () => {
    written.length = 0;
    const body = { user: 'anna', password: 'guess', tenant: 'acme' };
    expect((await call('POST /login', undefined, body, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(
      401,
    );
    expect(trail()).toEqual([
      {
        action: 'authn_login_fail',
        reason: 'bad_credentials',
        target: undefined,
        principal: 'ip:203.0.113.9',
      },
    ]);
  });

  test('come without a token, or with a broken one', async () => {
    written.length = 0;
    expect((await call('GET /orders')).status).toBe(401);
    expect((await call('GET /orders', 'a.b.c')).status).toBe(401);
    expect(trail()).toMatchObject([
      { action: 'authn_token_rejected', reason: 'missing' },
      { action: 'authn_token_rejected', reason: 'malformed' },
    ]);
  });

  test('see another’s order', async () => {
    const token = await tokenOf('anna', 'green tea');
    const { body } = await call('POST /orders', token, { sku: 'TEA', quantity: 1 });
    const stranger = await tokenOf('ben', 'black tea');
    written.length = 0;
    expect((await call(`GET /orders/${body.id}`, stranger)).status).toBe(404);
    expect(trail()).toEqual([
      { action: 'authz_fail', reason: 'not_owner', target: `order:${body.id}`, principal: 'user:ben' },
    ]);
  });

  test('do what is an admin’s or a service’s', async () => {
    const ben = await tokenOf('ben', 'black tea');
    const ada = await tokenOf('ada', 'white tea');
    written.length = 0;
    expect((await call('GET /admin/orders', ben)).status).toBe(403);
    expect((await call('POST /inventory/TEA/reservations', ada, {})).status).toBe(403);
    expect((await call('GET /admin/orders', ada)).status).toBe(200);
    expect(trail()).toMatchObject([
      { action: 'authz_fail', reason: 'missing_role_admin', principal: 'user:ben' },
      { action: 'authz_fail', reason: 'missing_role_service', principal: 'user:ada' },
      { action: 'authz_admin', target: 'GET /admin/orders', principal: 'user:ada' },
    ]);
  });
});

test('a new instance meets the caps that are written, before its first request', async () => {
  const token = await tokenOf('ben', 'black tea');
  expect((await call('GET /orders', token)).status).toBe(200);
  const now = Date.now();
  await writeOperatorCap(dynamoClientFromEnv(env), LIMITS, {
    tenant: 'acme',
    client: 'user:ben',
    cap: { kind: 'block', rate: 0, end: now + 60_000, by: 'ada', why: 'test' },
    now,
  });
  handlers.set('orders', await createShopHandler('orders', ORDERS, env, ports));
  written.length = 0;
  const refused = await call('GET /orders', token);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect(trail()).toMatchObject([{ action: 'excess_rate_limit_exceeded', principal: 'user:ben' }]);
  expect((await call('GET /orders', await tokenOf('anna', 'green tea'))).status).toBe(200);
});
