import { createTrailgate, type Trailgate } from '@trailgate/sdk';

interface OrderEvent {
  readonly pathParameters: Record<string, string | undefined> | null;
  readonly requestContext: { readonly authorizer?: Record<string, unknown> | null };
}

/** A handler takes its Trailgate, so that a test can give it another. */
export function createHandler({ wrap, log, trail, count }: Trailgate) {
  return wrap(async (event: OrderEvent) => {
    const id = event.pathParameters?.id ?? '';
    if (event.requestContext.authorizer?.user !== 'ann') {
      trail.denied({ target: `order ${id}`, reason: 'not the owner' });
      return { statusCode: 403 };
    }
    log.info('order read', { id });
    count('OrdersRead');
    return { statusCode: 200, body: JSON.stringify({ id }) };
  });
}

export const handler = createHandler(createTrailgate({ service: 'orders' }));
