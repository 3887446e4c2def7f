/** Joins function `inventory` to its table, its caps and its log. */
import type { TrailgateOptions } from '@trailgate/sdk';
import { createCappedTrailgate } from '../capped-trailgate.ts';
import { inventoryConfig } from '../config.ts';
import { createDynamo } from '../data/dynamo.ts';
import type { Environment } from '../environment.ts';
import { type ProxyHandler, serve } from '../http/serve.ts';
import { inventoryRoutes } from './routes.ts';
import { createStockStore } from './stock-store.ts';

/** Ports are the SDK's own and default to the real ones. Throws `ConfigError`. */
export async function createInventoryHandler(
  env: Environment,
  ports?: TrailgateOptions['ports'],
): Promise<ProxyHandler> {
  const config = inventoryConfig(env);
  const trailgate = await createCappedTrailgate('inventory', config.limits, env, ports);
  const stock = createStockStore(createDynamo(), config.inventoryTable);
  return serve(trailgate, inventoryRoutes({ stock, clock: Date.now }));
}
