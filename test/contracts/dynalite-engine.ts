/** Starts dynalite on a free loopback port with the two tables of limits in it. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createDynamoClient } from '@trailgate/sdk/limits';
import type { LimitsEngine } from './limits-contract.ts';
import { createLimitsTables } from './limits-tables.ts';

export interface StoppableEngine extends LimitsEngine {
  stop(): Promise<void>;
}

export async function startDynalite(): Promise<StoppableEngine> {
  const worker = new Worker(new URL('./dynalite-thread.ts', import.meta.url), { execArgv: [] });
  const [port] = (await once(worker, 'message')) as [number];
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const dynamo = createDynamoClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
  });
  const tables = await createLimitsTables(dynamo, '');
  return {
    dynamo,
    tables,
    stop: async () => {
      dynamo.close();
      await worker.terminate();
    },
  };
}
