/** A function whose invocations run at once in one process, as on Lambda's managed instances. */
import { createTrailgate } from '@trailgate/sdk';

const trailgate = createTrailgate({ service: 'orders', sampling: { rate: 1 } });

/** As the runtime sets it; its types come with another package. */
interface InvokeStore {
  getRequestId(): string;
}

export const handler = trailgate.wrap(async (_event: object, context) => {
  for (let step = 0; step < 5; step++) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    const store = (globalThis as unknown as { awslambda: { InvokeStore: InvokeStore } }).awslambda
      .InvokeStore;
    trailgate.log.info(context.awsRequestId, { store: store.getRequestId() });
  }
  return { statusCode: 200, body: trailgate.correlation()?.correlationId };
});
