/** The worker's only route: settles one order that was put off, however often its message comes. */
import type { Trailgate } from '@trailgate/sdk';
import { readBody } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import type { Route } from '../http/router.ts';
import { DeferredOrderSchema } from './deferred-order.ts';
import { InventoryUnavailableError } from './inventory-client.ts';
import type { OrderStore } from './order-store.ts';
import { type SettlementPorts, settleOrder } from './settlement.ts';

/** No gateway has it: its calls come from the queue, or from who may invoke the function. */
export const SETTLE_DEFERRED = { method: 'POST', resource: '/deferred-orders' } as const;

export interface SettleDeferredPorts extends SettlementPorts {
  readonly orders: Pick<OrderStore, 'find' | 'settle'>;
  readonly trailgate: SettlementPorts['trailgate'] & Pick<Trailgate, 'setIdentity'>;
}

export function settleDeferred(ports: SettleDeferredPorts): Route {
  return async (request) => {
    const { order: id, tenant, user } = readBody(request, DeferredOrderSchema);
    ports.trailgate.setIdentity({ tenant, user });
    const order = await ports.orders.find({ tenant, user }, id);
    if (order === undefined) throw new Problem(404, 'There is no such order.');
    if (order.status !== 'pending') return { status: 200, body: { order: id, status: order.status } };
    const outcome = await settleOrder(order, ports).catch((error: unknown) => {
      if (!(error instanceof InventoryUnavailableError)) throw error;
      ports.trailgate.log.error('inventory did not answer: the order stays pending', { order: id, error });
      throw new Problem(503, 'The inventory does not answer.');
    });
    return { status: 200, body: { order: id, status: outcome === 'reserved' ? 'placed' : 'rejected' } };
  };
}
