/** The Lambda function `shop-order-worker`: settles the orders that were put off. */
import { environment } from '../config.ts';
import type { WorkerHandler } from '../orders/settle-batch.ts';
import { createOrderWorker } from '../orders/wiring.ts';

export const handler: WorkerHandler = await createOrderWorker(environment);
