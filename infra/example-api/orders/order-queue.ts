/** Puts orders off on a queue of SQS: one message an order. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { DeferPort } from './deferred-order.ts';

/** Milliseconds; what is put off has waited for the inventory already. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 3_000;

/** The AWS SDK reads region, endpoint and credentials itself. */
export function createSqs(): SQSClient {
  return new SQSClient({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
    }),
  });
}

export function createOrderQueue(client: SQSClient, url: string): DeferPort {
  return {
    async defer(order) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(order) }));
    },
  };
}
