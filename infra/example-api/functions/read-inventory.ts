/** The Lambda function `shop-read-inventory`: what is in stock. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { readInventoryGroup } from '../inventory/wiring.ts';
import { createShopHandler } from '../shop-handler.ts';

export const handler: HttpHandler = await createShopHandler('inventory', [readInventoryGroup], environment);
