/** The Lambda function `shop-admin-orders`: a tenant's orders for its admins. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { adminOrdersGroup } from '../orders/wiring.ts';
import { createShopHandler } from '../shop-handler.ts';

export const handler: HttpHandler = await createShopHandler('orders', [adminOrdersGroup], environment);
