import middy from '@middy/core';
import { createTrailgate } from '@trailgate/sdk';
import { trailgateMiddleware } from '@trailgate/sdk/middy';

export const trailgate = createTrailgate({ service: 'orders' });

export const handler = middy(async (event: { pathParameters: { id: string } }) => {
  if (event.pathParameters.id !== '17') throw new Error('no such order');
  trailgate.log.info('order read', { id: event.pathParameters.id });
  return { statusCode: 200, body: '{"id":"17"}' };
})
  .use(trailgateMiddleware(trailgate))
  .use({
    onError: (request) => {
      request.response = { statusCode: 404, body: String(request.error?.message) };
    },
  });
