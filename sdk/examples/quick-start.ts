import { createTrailgate } from '@trailgate/sdk';

const trailgate = createTrailgate({ service: 'orders' });

export const handler = trailgate.wrap(async (event: { readonly pathParameters: { readonly id: string } }) => {
  const { id } = event.pathParameters;
  trailgate.log.info('order read', { id }); // written for 1 % of requests, and for each that fails or is slow
  trailgate.count('OrdersRead'); // counted for all of them
  if (id === '0') trailgate.trail.denied({ target: `order ${id}`, reason: 'not the owner' }); // always written
  return { statusCode: id === '0' ? 403 : 200, body: JSON.stringify({ id }) };
});
