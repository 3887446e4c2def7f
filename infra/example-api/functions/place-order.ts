/** The Lambda function `shop-place-order`: `POST /orders`. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { placeOrderGroup } from '../orders/wiring.ts';
import { createShopHandler } from '../shop-handler.ts';

export const handler: HttpHandler = await createShopHandler('orders', [placeOrderGroup], environment);
