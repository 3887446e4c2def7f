/** The shop as it is deployed: a function for each group of routes, a key of KMS, a queue, and nothing else to read. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClientFromEnv } from '@trailgate/sdk/limits';
import { bucketsTable, limitsTable, writeCap } from '@trailgate/sdk/limits/table';
import { type RecordKind, readHead } from '@trailgate/sdk/wire';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { API_ROUTES, type RouteGroupName } from './api.ts';
import { createAuthorizerHandler } from './authorizer/wiring.ts';
import { limitsConfig } from './config.ts';
import { seedShop } from './data/seed.ts';
import { ConfigError, type Environment } from './environment.ts';
import { matchRoute } from './http/match-route.ts';
import type { HttpHandler } from './http/serve.ts';
import { readInventoryGroup, reserveGroup } from './inventory/wiring.ts';
import {
  adminOrdersGroup,
  createOrderWorker,
  loginGroup,
  placeOrderGroup,
  readOrdersGroup,
} from './orders/wiring.ts';
import type { RouteGroup } from './route-group.ts';
import { createShopHandler } from './shop-handler.ts';
import type { AwsJsonServer } from './testing/aws-json-server.ts';
import { functionUrlEvent, httpApiQuestion, restEvent, restQuestion } from './testing/gateway-events.ts';
import { KEY_ID, startKms } from './testing/kms-stand-in.ts';
import { startShopTables, TABLES, type TestTables } from './testing/shop-tables.ts';
import { type Queue, startSqs } from './testing/sqs-stand-in.ts';

const GROUPS: Readonly<Record<RouteGroupName, readonly ['orders' | 'inventory', RouteGroup]>> = {
  login: ['orders', loginGroup],
  'read-orders': ['orders', readOrdersGroup],
  'place-order': ['orders', placeOrderGroup],
  'admin-orders': ['orders', adminOrdersGroup],
  'read-inventory': ['inventory', readInventoryGroup],
  reserve: ['inventory', reserveGroup],
};
const CONTEXT = { awsRequestId: 'request', functionName: 'shop' };
const written: string[] = [];
const ports = { write: (text: string): void => void written.push(text) };
const handlers = new Map<RouteGroupName, HttpHandler>();
let env: Record<string, string>;
let tables: TestTables;
let kms: AwsJsonServer;
let queue: Queue;
let server: Server;
let silent = false;

beforeAll(async () => {
  [tables, kms, queue] = await Promise.all([startShopTables(), startKms(), startSqs()]);
  for (const table of [limitsTable('limits'), bucketsTable('buckets')]) {
    await tables.client.send(new CreateTableCommand(table));
  }
  await seedShop(tables.client, TABLES, {
    users: [
      { tenant: 'main', user: 'anna', password: 'green tea', roles: [] },
      { tenant: 'main', user: 'ada', password: 'white tea', roles: ['admin'] },
    ],
    skus: [{ sku: 'TEA', stock: 10 }],
    scryptCost: 16,
  });
  const aws = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ENDPOINT_URL_SQS: new URL(queue.url).origin,
  };
  // The AWS SDK reads its own settings.
  for (const [name, value] of Object.entries({ ...aws, TRAILGATE_SAMPLE_RATE: '1' })) vi.stubEnv(name, value);
  env = {
    ...aws,
    USERS_TABLE: TABLES.users,
    ORDERS_TABLE: TABLES.orders,
    INVENTORY_TABLE: TABLES.inventory,
    LIMITS_TABLE: 'limits',
    BUCKETS_TABLE: 'buckets',
    JWT_ISSUER: 'https://shop.example',
    JWT_AUDIENCE: 'shop',
    TOKEN_KEY_ID: KEY_ID,
    ORDERS_QUEUE_URL: queue.url,
    INVENTORY_URL: await functionUrls(),
  };
  for (const [name, [service, group]] of Object.entries(GROUPS)) {
    const inside = { ...env, TOKEN_CHECK: 'function' };
    handlers.set(name as RouteGroupName, await createShopHandler(service, [group], inside, ports));
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await Promise.all([tables.stop(), kms.stop(), queue.stop()]);
});

/** Each function behind its own URL, found by the path as a distribution's behaviours would. */
async function functionUrls(): Promise<string> {
  server = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    const { method = '', url: path = '' } = message;
    const group = matchRoute(API_ROUTES, method, path)?.route.group;
    if (silent && group === 'reserve') return void response.writeHead(503).end();
    const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
    const event = functionUrlEvent({ method, path, headers, body });
    const handler = handlers.get(group ?? 'read-orders');
    const answer = await handler?.(event, CONTEXT);
    response.writeHead(answer?.statusCode ?? 500, { ...answer?.headers }).end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function call(key: string, token?: string, body?: object, headers: Record<string, string> = {}) {
  const [method = '', path = ''] = key.split(' ');
  const response = await fetch(`${env.INVENTORY_URL}${path}`, {
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

async function login(user: string, password: string): Promise<string> {
  return String((await call('POST /login', undefined, { user, password })).body.token);
}

const lines = (kind: RecordKind) =>
  written
    .join('')
    .split('\n')
    .filter((line) => {
      const reading = readHead(line);
      return reading.is === 'record' && reading.head.kind === kind;
    })
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('behind function URLs', () => {
  test('an order goes from the login to the stock, with tokens that KMS signed', async () => {
    const anna = await login('anna', 'green tea');
    const placed = await call('POST /orders', anna, { sku: 'TEA', quantity: 3 });
    expect(placed).toMatchObject({ status: 201, body: { user: 'anna', tenant: 'main', status: 'placed' } });
    expect((await call(`GET /orders/${placed.body.id}`, anna)).body).toEqual(placed.body);
    expect((await call('GET /inventory/TEA', anna)).body).toEqual({ sku: 'TEA', stock: 7 });
    const ada = await login('ada', 'white tea');
    expect((await call('GET /admin/orders', ada)).body.orders).toEqual([placed.body]);
  });

  test('who calls is said by the token alone, and a refusal is in the trail', async () => {
    const anna = await login('anna', 'green tea');
    written.length = 0;
    const claims = { user: 'ada', tenant: 'main', roles: 'admin' };
    expect((await call('GET /orders', undefined, undefined, claims)).status).toBe(401);
    expect((await call('GET /orders', `${anna}x`)).headers.get('www-authenticate')).toBe('Bearer');
    expect((await call('GET /admin/orders', anna, undefined, claims)).status).toBe(403);
    expect(lines('trail').map(({ event, principal }) => [event, principal])).toMatchObject([
      [{ action: 'authn_token_rejected', reason: 'missing' }, 'ip:203.0.113.9'],
      [{ action: 'authn_token_rejected', reason: 'bad_signature' }, 'ip:203.0.113.9'],
      [{ action: 'authz_fail', reason: 'missing_role_admin' }, 'user:anna'],
    ]);
  });
});

test('an order that the inventory is too silent for is put off, and placed by the worker under the same correlation id', async () => {
  const anna = await login('anna', 'green tea');
  const worker = await createOrderWorker(env, ports);
  const story = { 'x-correlation-id': 'put-off-story' };
  silent = true;
  const off = await call('POST /orders', anna, { sku: 'TEA', quantity: 2 }, story);
  expect(off).toMatchObject({ status: 202, body: { status: 'pending' } });
  const [record] = queue.records();
  expect(JSON.parse(record?.body ?? '')).toEqual({ order: off.body.id, tenant: 'main', user: 'anna' });
  const event = { Records: [record] };
  expect(await worker(event, CONTEXT)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  silent = false;
  written.length = 0;
  expect(await worker(event, CONTEXT)).toEqual({ batchItemFailures: [] });
  expect((await call(off.headers.get('location')?.replace('', 'GET ') ?? '', anna)).body.status).toBe(
    'placed',
  );
  const told = lines('log').filter(({ message }) => message === 'order placed');
  expect(told).toMatchObject([{ correlation_id: 'put-off-story', tenant: 'main', user: { id: 'anna' } }]);
  const reserved = lines('request').find(({ service }) => JSON.stringify(service)?.includes('inventory'));
  expect(reserved).toMatchObject({ correlation_id: 'put-off-story' });
  expect((await call('GET /inventory/TEA', anna)).body.stock).toBe(5);
});

describe('behind CloudFront, which the gateway takes for the caller', () => {
  const HEADER = 'x-client-address';
  const EDGES = ['203.0.113.101', '203.0.113.102'];
  const ATTACKER = '198.51.100.66';
  const HONEST = ['198.51.100.1', '2001:db8::1'];
  const call = { method: 'POST', path: '/login', template: '/login' } as const;

  /** As one instance of the deployed function does; the answer's status. */
  async function loginFunction() {
    vi.stubEnv('TRAILGATE_CLIENT_ADDRESS_HEADER', HEADER);
    const handler = await createShopHandler('orders', [loginGroup], env, ports);
    vi.stubEnv('TRAILGATE_CLIENT_ADDRESS_HEADER', undefined);
    return async (client: string, sourceIp: string, password: string): Promise<number> => {
      const body = JSON.stringify({ user: 'anna', password });
      const headers = [
        ['Content-Type', 'application/json'],
        [HEADER, client],
      ] as const;
      return (await handler(restEvent({ ...call, headers, body, sourceIp }), CONTEXT)).statusCode;
    };
  }

  test('an attack over two edge locations is one client’s, and capping it leaves all others be', async () => {
    const attempt = await loginFunction();
    written.length = 0;
    for (const edge of [...EDGES, ...EDGES]) expect(await attempt(ATTACKER, edge, 'guess')).toBe(401);
    for (const client of HONEST) {
      for (const edge of EDGES) expect(await attempt(client, edge, 'green tea')).toBe(200);
    }
    const events = lines('trail').map(({ event, principal, source }) => ({ event, principal, source }));
    const failed = { event: { action: 'authn_login_fail' }, source: { ip: ATTACKER } };
    const honest = HONEST.flatMap((ip) => [ip, ip]).map((ip) => ({
      event: { action: 'authn_login_success' },
      principal: `ip:${ip}`,
      source: { ip },
    }));
    const attack = events.slice(0, events.length - honest.length);
    expect(attack.length).toBeGreaterThan(0);
    for (const event of attack) expect(event).toMatchObject({ ...failed, principal: `ip:${ATTACKER}` });
    expect(events.slice(attack.length)).toMatchObject(honest);
    expect(new Set(lines('request').map(({ principal }) => principal))).toEqual(
      new Set([ATTACKER, ...HONEST].map((ip) => `ip:${ip}`)),
    );
    expect(written.join('')).not.toContain(EDGES[0]);

    const now = Date.now();
    await writeCap(dynamoClientFromEnv(env), limitsConfig(env).tables, {
      tenant: '-',
      client: String(attack[0]?.principal),
      detector: 'guesses',
      cap: {
        ...{ rate: 0.01, burst: 1, cls: '*', seq: now * 1000, hold: now + 300_000, end: now + 600_000 },
        ...{ why: 'credential-stuffing', ev: 'finding-1', strike: 1, mode: 'enforce' },
      },
      window: 'w1',
      guard: { scope: '-', max: 10 },
      now,
    });
    const later = await loginFunction();
    await later(ATTACKER, '203.0.113.103', 'guess');
    for (const edge of EDGES) {
      expect(await later(ATTACKER, edge, 'guess')).toBe(429);
      for (const client of HONEST) expect(await later(client, edge, 'green tea')).toBe(200);
    }
  });

  test('the authorizer names the client too', async () => {
    vi.stubEnv('TRAILGATE_CLIENT_ADDRESS_HEADER', HEADER);
    const { INVENTORY_URL: _, ...rest } = env;
    const authorizer = await createAuthorizerHandler(rest, ports);
    vi.stubEnv('TRAILGATE_CLIENT_ADDRESS_HEADER', undefined);
    written.length = 0;
    const headers = [
      ['Authorization', 'Bearer forged'],
      ['X-Client-Address', ATTACKER],
    ] as const;
    const question = restQuestion({ method: 'GET', path: '/orders', template: '/orders', headers });
    // API Gateway makes 401 of it.
    await expect(authorizer(question, CONTEXT)).rejects.toThrow('Unauthorized');
    expect(lines('trail')).toMatchObject([
      { event: { action: 'authn_token_rejected' }, principal: `ip:${ATTACKER}` },
    ]);
  });
});

describe('the table of the README says of', () => {
  const rows = readRows();

  test('functions which there are', () => {
    expect([...rows.keys()].sort()).toEqual(['authorizer', ...Object.keys(GROUPS), 'order-worker'].sort());
  });

  describe.each([...rows])('%s', (name, row) => {
    const start = async (given: Environment): Promise<unknown> => {
      const group = GROUPS[name as RouteGroupName];
      if (group !== undefined) return createShopHandler(group[0], [group[1]], given, ports);
      return name === 'authorizer' ? createAuthorizerHandler(given, ports) : createOrderWorker(given, ports);
    };

    test('all variables that it reads', async () => {
      const read = new Set<string>();
      const watched = new Proxy(env, {
        get: (target, variable) => {
          read.add(String(variable));
          return target[String(variable)];
        },
      });
      await start(watched);
      const settings = [...read].filter(
        (variable) => !/^(AWS|TRAILGATE)_|^JWT_(JWKS|PRIVATE_JWK)$/.test(variable),
      );
      expect(settings.filter((variable) => variable !== 'TOKEN_CHECK').sort()).toEqual(
        [...row.variables].sort(),
      );
    });

    test('which of them it cannot start without', async () => {
      for (const variable of row.variables.filter((one) => !row.optional.includes(one))) {
        await expect(start({ ...env, [variable]: '' })).rejects.toMatchObject({
          name: ConfigError.name,
          variable,
        });
      }
    });
  });

  test('the calls that it makes, and at most those', async () => {
    const anna = await login('anna', 'green tea');
    const ada = await login('ada', 'white tea');
    const { body } = await call('POST /orders', anna, { sku: 'TEA', quantity: 1 });
    const { INVENTORY_URL: _, ...rest } = env;
    const uses: Readonly<Record<string, () => Promise<unknown>>> = {
      login: () => login('anna', 'green tea'),
      'read-orders': async () => {
        await call('GET /orders', anna);
        await call(`GET /orders/${body.id}`, ada);
      },
      'admin-orders': () => call('GET /admin/orders', ada),
      'read-inventory': () => call('GET /inventory/TEA', anna),
      authorizer: async () => {
        const authorizer = await createAuthorizerHandler(rest, ports);
        const headers = [['authorization', `Bearer ${anna}`]] as const;
        const question = httpApiQuestion({ method: 'GET', path: '/orders', template: '/orders', headers });
        expect(await authorizer(question, CONTEXT)).toMatchObject({ isAuthorized: true });
      },
    };
    for (const [name, use] of Object.entries(uses)) {
      const [dynamodb, keys] = [tables.operations.length, kms.calls.length];
      await use();
      const made = [
        ...tables.operations.slice(dynamodb).map((operation) => `dynamodb:${operation}`),
        ...kms.calls.slice(keys).map(({ target }) => `kms:${target.replace(/^.*\./, '')}`),
      ].filter((action) => !rows.get(name)?.actions.includes(action));
      // The limiter's own: they are in the row's limits.
      expect([name, made.filter((action) => action !== 'dynamodb:Query')]).toEqual([name, []]);
    }
  });
});

interface Row {
  readonly variables: readonly string[];
  readonly optional: readonly string[];
  readonly actions: readonly string[];
}

function readRows(): ReadonlyMap<string, Row> {
  const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf('| function  '), text.indexOf('- **keys**'));
  const cells = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const named = cells.filter(([, name = '']) => name.startsWith('`'));
  return new Map(
    named.map(([, name = '', variables = '', actions = '']) => [
      name.replaceAll('`', ''),
      {
        variables: [
          ...quoted(variables),
          ...(variables.includes('keys') ? ['TOKEN_KEY_ID'] : []),
          ...(variables.includes('limits') ? ['LIMITS_TABLE', 'BUCKETS_TABLE'] : []),
        ],
        optional: [...variables.matchAll(/`(\w+)` \(optional\)/g)].map(([, variable = '']) => variable),
        actions: quoted(actions).filter((action) => action.includes(':')),
      },
    ]),
  );
}

function quoted(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}
