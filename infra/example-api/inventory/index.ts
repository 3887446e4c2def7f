/** The function `inventory` of the local stack: all routes of its service. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { createShopHandler } from '../shop-handler.ts';
import { readInventoryGroup, reserveGroup } from './wiring.ts';

export const handler: HttpHandler = await createShopHandler(
  'inventory',
  [readInventoryGroup, reserveGroup],
  environment,
);
