/** The Lambda function `shop-login`: `POST /login`. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { loginGroup } from '../orders/wiring.ts';
import { createShopHandler } from '../shop-handler.ts';

export const handler: HttpHandler = await createShopHandler('orders', [loginGroup], environment);
