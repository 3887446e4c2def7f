import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Trailgate } from '@trailgate/sdk';
import { instrumentAwsClient } from '@trailgate/sdk/propagation';

export function checkoutHandler(trailgate: Trailgate, sqs: SQSClient, queue: string, stock: string) {
  instrumentAwsClient(sqs, trailgate); // once, outside the handler
  return trailgate.wrap(async (order: { readonly id: string }) => {
    await trailgate.fetch(stock, { method: 'POST', body: order.id });
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(order) }));
    return { statusCode: 202 };
  });
}
