import type { Trailgate } from '@trailgate/sdk';

interface Order {
  readonly lines: readonly { readonly cents: number }[];
}

export function orderHandler(trailgate: Trailgate, store: (order: Order) => Promise<void>) {
  return trailgate.wrap(async (order: Order) => {
    const startedMs = performance.now();
    await store(order);
    trailgate.distribution('StoreTime', performance.now() - startedMs, 'ms');
    trailgate.distribution('BasketLines', order.lines.length, 'Count');
    trailgate.count('OrdersPlaced');
    trailgate.count(
      'RevenueCents',
      order.lines.reduce((sum, { cents }) => sum + cents, 0),
      'None',
    );
    return { statusCode: 201 };
  });
}
