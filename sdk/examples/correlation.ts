import type { Trailgate } from '@trailgate/sdk';

interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

export function orderConsumer(trailgate: Trailgate, ship: (order: string) => Promise<void>) {
  return trailgate.wrap(async (event: QueueEvent) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { record, correlation, run } of trailgate.records(event)) {
      try {
        await run(async () => {
          trailgate.log.info('shipping', { sender: correlation.correlationId });
          await ship(record.body); // what it logs and sends is under the ids of this message
        });
      } catch {
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  });
}
