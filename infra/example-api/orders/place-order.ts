/** `POST /orders`: places an order if the inventory can hold its articles. */
import type { Logger, Trailgate } from '@trailgate/sdk';
import { strictObject } from 'valibot';
import { readBody } from '../http/input.ts';
import { InputProblem, Problem } from '../http/problem.ts';
import type { Route } from '../http/router.ts';
import { requirePrincipal } from '../identity/authorization.ts';
import type { RandomBytes } from '../identity/password.ts';
import { orderId } from '../shop/order-id.ts';
import { QuantitySchema } from '../shop/quantity.ts';
import { SkuSchema } from '../shop/sku.ts';
import { type InventoryPort, InventoryUnavailableError } from './inventory-client.ts';
import type { Order, OrderStore } from './order-store.ts';

/** Business counter of orders that were placed. */
export const ORDERS_COUNTER = 'Orders';

const PlaceOrderSchema = strictObject({ sku: SkuSchema, quantity: QuantitySchema });

export interface PlaceOrderPorts {
  readonly orders: OrderStore;
  readonly inventory: InventoryPort;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly randomBytes: RandomBytes;
  readonly trailgate: Pick<Trailgate, 'count'> & { readonly log: Pick<Logger, 'info' | 'error'> };
}

/**
 * The order is written as `pending` before the inventory is asked, so that a reservation is never held by an order
 * that nobody knows.
 */
export function placeOrder(ports: PlaceOrderPorts): Route {
  const { orders, clock, randomBytes, trailgate } = ports;
  return async (request) => {
    const { user, tenant } = requirePrincipal(request);
    const wanted = readBody(request, PlaceOrderSchema);
    const now = clock();
    const id = orderId(now, randomBytes);
    const placedAt = new Date(now).toISOString();
    const order: Order = { id, tenant, user, ...wanted, status: 'pending', placedAt };
    await orders.add(order);
    await reserve(order, ports);
    await orders.settle(order, id, 'placed');
    trailgate.count(ORDERS_COUNTER);
    trailgate.log.info('order placed', { order: id, ...wanted });
    return { status: 201, headers: { location: `/orders/${id}` }, body: { ...order, status: 'placed' } };
  };
}

/** Returns when the articles are held. Throws `Problem` (400, 409, 503). */
async function reserve(order: Order, { orders, inventory, trailgate }: PlaceOrderPorts): Promise<void> {
  const outcome = await inventory.reserve(order).catch((error: unknown) => {
    if (!(error instanceof InventoryUnavailableError)) throw error;
    trailgate.log.error('inventory did not answer: the order stays pending', { order: order.id, error });
    throw new Problem(503, 'The inventory does not answer.', { 'retry-after': '5' });
  });
  if (outcome === 'reserved') return;
  await orders.settle(order, order.id, 'rejected');
  if (outcome === 'out-of-stock') throw new Problem(409, 'There is not enough in stock.');
  throw new InputProblem(400, 'There is no such article.', [
    { field: 'sku', expected: 'an article of this shop', got: 'an unknown one' },
  ]);
}
