/** Works through a batch of put-off orders and says which of its messages must come again. */
import type { LambdaContext, Trailgate } from '@trailgate/sdk';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readCall, UnexpectedCallError } from '../http/call.ts';
import { directRequest, queueRequest } from '../http/message.ts';
import type { Response } from '../http/response.ts';
import type { Route } from '../http/router.ts';
import { SETTLE_DEFERRED } from './settle-deferred.ts';

/** Takes batches of SQS, and a single message that somebody passes by hand. */
export type WorkerHandler = (event: unknown, context: LambdaContext) => Promise<SQSBatchResponse | Response>;

export function serveWorker(trailgate: Trailgate, route: Route): WorkerHandler {
  return trailgate.wrap(async (event: unknown) => {
    const call = readCall(event);
    switch (call.kind) {
      case 'queue':
        return settleBatch(call.event, trailgate, route);
      case 'direct':
        return route(directRequest(call.event, SETTLE_DEFERRED));
      default:
        throw new UnexpectedCallError('messages of a queue', call.kind);
    }
  });
}

/** While the inventory is silent the rest waits unasked: each would only wait for the same silence. */
async function settleBatch(
  event: SQSEvent,
  trailgate: Pick<Trailgate, 'records'>,
  route: Route,
): Promise<SQSBatchResponse> {
  const failed: SQSRecord[] = [];
  let silent = false;
  const attempt = async (record: SQSRecord): Promise<number> => {
    const { status } = await route(queueRequest(record, SETTLE_DEFERRED));
    silent ||= status === 503;
    return status;
  };
  for (const { record, run } of trailgate.records(event)) {
    if (silent || (await run(() => attempt(record))) !== 200) failed.push(record);
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
