/** The function `orders` of the local stack: all routes of its service. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { createShopHandler } from '../shop-handler.ts';
import { adminOrdersGroup, loginGroup, placeOrderGroup, readOrdersGroup } from './wiring.ts';

export const handler: HttpHandler = await createShopHandler(
  'orders',
  [loginGroup, readOrdersGroup, placeOrderGroup, adminOrdersGroup],
  environment,
);
