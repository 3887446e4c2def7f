/** The routes of function `orders`, the API's public face. */
import type { Logger, Trail, Trailgate } from '@trailgate/sdk';
import type { Route } from '../http/router.ts';
import type { RandomBytes } from '../identity/password.ts';
import type { TokenIssuer } from '../identity/token-issuer.ts';
import type { UserStore } from '../identity/user-store.ts';
import type { InventoryPort } from './inventory-client.ts';
import { login } from './login.ts';
import type { OrderStore } from './order-store.ts';
import { placeOrder } from './place-order.ts';
import { listAllOrders, listOrders, showOrder } from './read-orders.ts';

export interface OrdersPorts {
  readonly users: UserStore;
  readonly orders: OrderStore;
  readonly tokens: TokenIssuer;
  readonly inventory: InventoryPort;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly randomBytes: RandomBytes;
  readonly trailgate: Pick<Trailgate, 'count'> & {
    readonly log: Pick<Logger, 'info' | 'error'>;
    readonly trail: Omit<Trail, 'event'>;
  };
}

export function ordersRoutes(ports: OrdersPorts): Readonly<Record<string, Route>> {
  const { trail } = ports.trailgate;
  return {
    'POST /login': login({ ...ports, trail }),
    'GET /orders': listOrders(ports),
    'POST /orders': placeOrder(ports),
    'GET /orders/{id}': showOrder(ports),
    'GET /admin/orders': listAllOrders({ ...ports, trail }),
  };
}
