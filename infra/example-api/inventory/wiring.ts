/** Joins the route groups of service `inventory` to their table. */
import { tableName } from '../config.ts';
import type { RouteGroup, Shell } from '../route-group.ts';
import { readInventoryRoutes, reserveRoutes } from './routes.ts';
import { createStockStore, type StockStore } from './stock-store.ts';

export const readInventoryGroup: RouteGroup = (shell) => readInventoryRoutes({ stock: stockStore(shell) });

export const reserveGroup: RouteGroup = (shell) =>
  reserveRoutes({ stock: stockStore(shell), clock: shell.clock });

function stockStore({ env, dynamo }: Shell): StockStore {
  return createStockStore(dynamo, tableName(env, 'INVENTORY'));
}
