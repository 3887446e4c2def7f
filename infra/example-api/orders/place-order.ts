/** `POST /orders`: places an order if the inventory can hold its articles, or puts it off until the inventory answers. */
import { strictObject } from 'valibot';
import { readBody } from '../http/input.ts';
import { asksForLater } from '../http/prefer.ts';
import { InputProblem, Problem } from '../http/problem.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { Route } from '../http/router.ts';
import { requirePrincipal } from '../identity/authorization.ts';
import type { RandomBytes } from '../identity/password.ts';
import { orderId } from '../shop/order-id.ts';
import { QuantitySchema } from '../shop/quantity.ts';
import { SkuSchema } from '../shop/sku.ts';
import type { DeferPort } from './deferred-order.ts';
import { InventoryUnavailableError, type ReserveOutcome } from './inventory-client.ts';
import type { Order, OrderStore } from './order-store.ts';
import { type SettlementPorts, settleOrder } from './settlement.ts';

export const PlaceOrderSchema = strictObject({ sku: SkuSchema, quantity: QuantitySchema });

export interface PlaceOrderPorts extends SettlementPorts {
  readonly orders: Pick<OrderStore, 'add' | 'settle'>;
  /** Without one, what cannot be settled at once is refused. */
  readonly defer?: DeferPort;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly randomBytes: RandomBytes;
}

/**
 * The order is written as `pending` before the inventory is asked, so that a reservation is never held by an order
 * that nobody knows.
 */
export function placeOrder(ports: PlaceOrderPorts): Route {
  return async (request) => {
    const order = await addOrder(request, ports);
    if (ports.defer !== undefined && asksForLater(request)) {
      return putOff(order, ports, { 'preference-applied': 'respond-async' });
    }
    try {
      return answer(order, await settleOrder(order, ports));
    } catch (error) {
      if (!(error instanceof InventoryUnavailableError)) throw error;
      ports.trailgate.log.error('inventory did not answer: the order stays pending', {
        order: order.id,
        error,
      });
      return putOff(order, ports);
    }
  };
}

async function addOrder(
  request: Request,
  { orders, clock, randomBytes }: Pick<PlaceOrderPorts, 'orders' | 'clock' | 'randomBytes'>,
): Promise<Order> {
  const { user, tenant } = requirePrincipal(request);
  const wanted = readBody(request, PlaceOrderSchema);
  const now = clock();
  const id = orderId(now, randomBytes);
  const placedAt = new Date(now).toISOString();
  const order: Order = { id, tenant, user, ...wanted, status: 'pending', placedAt };
  await orders.add(order);
  return order;
}

/** Throws `Problem` (400, 409). */
function answer(order: Order, outcome: ReserveOutcome): Response {
  switch (outcome) {
    case 'reserved':
      return { status: 201, headers: location(order), body: { ...order, status: 'placed' } };
    case 'out-of-stock':
      throw new Problem(409, 'There is not enough in stock.');
    case 'unknown-sku':
      throw new InputProblem(400, 'There is no such article.', [
        { field: 'sku', expected: 'an article of this shop', got: 'an unknown one' },
      ]);
  }
}

/** 202: the order's own address tells what becomes of it. Throws `Problem` (503) where nobody would come back to it. */
async function putOff(
  order: Order,
  ports: PlaceOrderPorts,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  if (!(await isQueued(order, ports))) {
    throw new Problem(503, 'The inventory does not answer.', { 'retry-after': '5' });
  }
  return { status: 202, headers: { ...location(order), ...headers }, body: { ...order } };
}

async function isQueued(
  { id, tenant, user }: Order,
  { defer, trailgate }: PlaceOrderPorts,
): Promise<boolean> {
  if (defer === undefined) return false;
  try {
    await defer.defer({ order: id, tenant, user });
    trailgate.log.info('order put off', { order: id });
    return true;
  } catch (error) {
    trailgate.log.error('order was not put off', { order: id, error });
    return false;
  }
}

function location({ id }: Order): { readonly location: string } {
  return { location: `/orders/${id}` };
}
