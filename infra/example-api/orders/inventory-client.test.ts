import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createInventoryClient, InventoryUnavailableError } from './inventory-client.ts';

const ORDER = { id: 'order-1', tenant: 'acme', sku: 'TEA 1', quantity: 2 };
let server: Server | undefined;
let seen: {
  method?: string | undefined;
  url?: string | undefined;
  authorization?: string | undefined;
  body: string;
}[];

afterEach(async () => {
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

/** An inventory that answers the given statuses in turn; 0 breaks the connection. */
async function inventory(...statuses: number[]) {
  seen = [];
  server = createServer(async (message, response) => {
    seen.push({
      method: message.method,
      url: message.url,
      authorization: message.headers.authorization,
      body: await text(message),
    });
    const status = statuses.shift() ?? 200;
    if (status === 0) response.destroy();
    else response.writeHead(status, { connection: 'close' }).end('{}');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return createInventoryClient({
    url: `http://127.0.0.1:${port}`,
    fetch,
    token: async (principal, seconds) => `${principal.tenant}.${principal.roles}.${seconds}`,
  });
}

async function text(message: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of message) body += chunk;
  return body;
}

test('asks with a short-lived token of the service in the order’s tenant', async () => {
  const client = await inventory(201);
  expect(await client.reserve(ORDER)).toBe('reserved');
  expect(seen).toEqual([
    {
      method: 'POST',
      url: '/inventory/TEA%201/reservations',
      authorization: 'Bearer acme.service.20',
      body: '{"orderId":"order-1","quantity":2}',
    },
  ]);
});

test.each([
  [200, 'reserved'],
  [404, 'unknown-sku'],
  [409, 'out-of-stock'],
] as const)('status %i means %s', async (status, outcome) => {
  expect(await (await inventory(status)).reserve(ORDER)).toBe(outcome);
});

test.each([0, 500, 503])('asks once more after %i', async (status) => {
  expect(await (await inventory(status, 201)).reserve(ORDER)).toBe('reserved');
  expect(seen).toHaveLength(2);
});

test.each([
  [[0, 0], 2],
  [[500, 502], 2],
  [[429], 1],
  [[401], 1],
])('gives up after %j', async (statuses, calls) => {
  const client = await inventory(...statuses);
  await expect(client.reserve(ORDER)).rejects.toThrow(InventoryUnavailableError);
  expect(seen).toHaveLength(calls);
});
