/** Joins function `orders` to its tables, the inventory, its caps and its log. */
import { randomBytes } from 'node:crypto';
import type { TrailgateOptions } from '@trailgate/sdk';
import { createCappedTrailgate } from '../capped-trailgate.ts';
import { ordersConfig } from '../config.ts';
import { createDynamo } from '../data/dynamo.ts';
import type { Environment } from '../environment.ts';
import { type ProxyHandler, serve } from '../http/serve.ts';
import { createTokenIssuer } from '../identity/token-issuer.ts';
import { createUserStore } from '../identity/user-store.ts';
import { createInventoryClient } from './inventory-client.ts';
import { createOrderStore } from './order-store.ts';
import { ordersRoutes } from './routes.ts';

/** Ports are the SDK's own and default to the real ones. Throws `ConfigError`. */
export async function createOrdersHandler(
  env: Environment,
  ports?: TrailgateOptions['ports'],
): Promise<ProxyHandler> {
  const config = ordersConfig(env);
  const trailgate = await createCappedTrailgate('orders', config.limits, env, ports);
  const dynamo = createDynamo();
  const clock = Date.now;
  const tokens = createTokenIssuer(config.token);
  const inventory = createInventoryClient({
    url: config.inventoryUrl,
    fetch: trailgate.fetch,
    token: (principal, seconds) => tokens.issue(principal, seconds, clock()),
  });
  const users = createUserStore(dynamo, config.usersTable);
  const orders = createOrderStore(dynamo, config.ordersTable);
  return serve(trailgate, ordersRoutes({ users, orders, tokens, inventory, clock, randomBytes, trailgate }));
}
