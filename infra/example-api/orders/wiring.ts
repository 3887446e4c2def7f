/** Joins the route groups of service `orders`, and its worker, to tables, keys, the inventory and the queue. */
import { randomBytes } from 'node:crypto';
import { createTrailgate, type TrailgateOptions } from '@trailgate/sdk';
import { instrumentAwsClient } from '@trailgate/sdk/propagation';
import { routeKey } from '../api.ts';
import { inventoryUrl, ordersQueueUrl, tableName } from '../config.ts';
import { createDynamo } from '../data/dynamo.ts';
import type { Environment } from '../environment.ts';
import { createRouter } from '../http/router.ts';
import { keepTokens } from '../identity/kept-tokens.ts';
import { tokenIssuer } from '../identity/token-keys.ts';
import { createUserStore } from '../identity/user-store.ts';
import type { RouteGroup, Shell } from '../route-group.ts';
import type { DeferPort } from './deferred-order.ts';
import { createInventoryClient, type InventoryPort } from './inventory-client.ts';
import { createOrderStore, type OrderStore } from './order-store.ts';
import { adminOrdersRoutes, loginRoutes, placeOrderRoutes, readOrdersRoutes } from './routes.ts';
import { serveWorker, type WorkerHandler } from './settle-batch.ts';
import { SETTLE_DEFERRED, settleDeferred } from './settle-deferred.ts';

export const loginGroup: RouteGroup = async ({ env, trailgate, dynamo, clock }) => {
  const users = createUserStore(dynamo, tableName(env, 'USERS'));
  return loginRoutes({ users, tokens: await tokenIssuer(env), clock, trail: trailgate.trail });
};

export const readOrdersGroup: RouteGroup = (shell) => readOrdersRoutes({ orders: orderStore(shell) });

export const placeOrderGroup: RouteGroup = async (shell) => {
  const { trailgate, clock } = shell;
  const defer = await orderQueue(shell);
  return placeOrderRoutes({
    orders: orderStore(shell),
    inventory: await inventory(shell),
    ...(defer === undefined ? {} : { defer }),
    clock,
    randomBytes,
    trailgate,
  });
};

export const adminOrdersGroup: RouteGroup = (shell) =>
  adminOrdersRoutes({ orders: orderStore(shell), trail: shell.trailgate.trail });

/** No client waits for the worker, so no cap binds it. Ports as for every handler. Throws `ConfigError`. */
export async function createOrderWorker(
  env: Environment,
  ports: TrailgateOptions['ports'] = {},
): Promise<WorkerHandler> {
  const trailgate = createTrailgate({ service: 'orders', ports });
  const shell: Shell = { env, trailgate, dynamo: createDynamo(), clock: Date.now };
  const route = settleDeferred({ orders: orderStore(shell), inventory: await inventory(shell), trailgate });
  const key = routeKey(SETTLE_DEFERRED.method, SETTLE_DEFERRED.resource);
  return serveWorker(trailgate, createRouter({ [key]: route }, trailgate));
}

function orderStore({ env, dynamo }: Shell): OrderStore {
  return createOrderStore(dynamo, tableName(env, 'ORDERS'));
}

async function inventory({ env, trailgate, clock }: Shell): Promise<InventoryPort> {
  const tokens = await tokenIssuer(env);
  return createInventoryClient({
    url: inventoryUrl(env),
    fetch: trailgate.fetch,
    token: keepTokens((principal, seconds) => tokens.issue(principal, seconds, clock()), clock),
  });
}

async function orderQueue({ env, trailgate }: Shell): Promise<DeferPort | undefined> {
  const url = ordersQueueUrl(env);
  if (url === undefined) return undefined;
  // Loaded when it is asked for: a function without a queue starts faster without it.
  const { createOrderQueue, createSqs } = await import('./order-queue.ts');
  return createOrderQueue(instrumentAwsClient(createSqs(), trailgate), url);
}
