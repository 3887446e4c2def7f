import { createTrailgate } from '@trailgate/sdk';
import { shutdownExtension } from '@trailgate/sdk/extension';

const trailgate = createTrailgate({ service: 'orders', extension: shutdownExtension() });

export const handler = trailgate.wrap(async () => {
  trailgate.count('OrdersPlaced');
  return { statusCode: 201 };
});
