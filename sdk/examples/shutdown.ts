import { createTrailgate } from '@trailgate/sdk';

const trailgate = createTrailgate({ service: 'orders', extension: true });

export const handler = trailgate.wrap(async () => {
  trailgate.count('OrdersPlaced');
  return { statusCode: 201 };
});
