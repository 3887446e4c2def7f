/** The Lambda function `shop-read-orders`: one's own orders. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { readOrdersGroup } from '../orders/wiring.ts';
import { createShopHandler } from '../shop-handler.ts';

export const handler: HttpHandler = await createShopHandler('orders', [readOrdersGroup], environment);
