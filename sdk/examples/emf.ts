import { createTrailgate } from '@trailgate/sdk';
import { emfSink } from '@trailgate/sdk/emf';

export const trailgate = createTrailgate({
  service: 'orders',
  metrics: emfSink({ namespace: 'Shop', dimensions: { Stage: 'prod' } }),
});

export const handler = trailgate.wrap(async () => {
  trailgate.count('OrdersPlaced');
  return { statusCode: 201 };
});
