import type { LambdaContext, Trailgate } from '@trailgate/sdk';

interface Message {
  readonly orderId: string;
}

/** A handler of a framework that hands over events one by one and wants no function around its own. */
export async function onMessage(
  trailgate: Trailgate,
  message: Message,
  context: LambdaContext,
): Promise<string> {
  const invocation = trailgate.begin(message, context);
  try {
    const receipt = await invocation.run(async () => {
      trailgate.log.info('order received', { orderId: message.orderId });
      return `receipt of ${message.orderId}`;
    });
    return invocation.end(receipt);
  } catch (error) {
    invocation.fail(error);
    throw error;
  } finally {
    await invocation.settled;
  }
}
