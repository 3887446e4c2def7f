/** Settles an order that is stored as pending: asks the inventory for its articles and writes what came of it. */
import type { Logger, Trailgate } from '@trailgate/sdk';
import type { InventoryPort, ReserveOutcome } from './inventory-client.ts';
import type { Order, OrderStore } from './order-store.ts';

/** Business counter of orders that were placed. */
export const ORDERS_COUNTER = 'Orders';

export interface SettlementPorts {
  readonly orders: Pick<OrderStore, 'settle'>;
  readonly inventory: InventoryPort;
  readonly trailgate: Pick<Trailgate, 'count'> & { readonly log: Pick<Logger, 'info' | 'error'> };
}

/** Throws `InventoryUnavailableError`; the order is pending as before and may be settled again. */
export async function settleOrder(
  order: Order,
  { orders, inventory, trailgate }: SettlementPorts,
): Promise<ReserveOutcome> {
  const outcome = await inventory.reserve(order);
  const status = outcome === 'reserved' ? 'placed' : 'rejected';
  const { id, sku, quantity } = order;
  if (!(await orders.settle(order, id, status))) {
    // Whoever was faster wrote the order's end and counted it; articles may now be held for a rejected one.
    trailgate.log.error('order was settled by another', { order: id, outcome });
  } else if (status === 'placed') {
    trailgate.count(ORDERS_COUNTER);
    trailgate.log.info('order placed', { order: id, sku, quantity });
  }
  return outcome;
}
