/** The Lambda function `shop-reserve`: holds stock for orders. */
import { environment } from '../config.ts';
import type { HttpHandler } from '../http/serve.ts';
import { reserveGroup } from '../inventory/wiring.ts';
import { createShopHandler } from '../shop-handler.ts';

export const handler: HttpHandler = await createShopHandler('inventory', [reserveGroup], environment);
