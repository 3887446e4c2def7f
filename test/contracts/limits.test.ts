import { afterAll } from 'vitest';
import { type StoppableEngine, startDynalite } from './dynalite-engine.ts';
import { limitsContract } from './limits-contract.ts';
import { createMemoryDynamo } from './memory-dynamo.ts';

const tables = { limits: 'limits', buckets: 'buckets' };

limitsContract('memory', () => ({ dynamo: createMemoryDynamo(), tables }));
limitsContract('memory without the old item', () => ({
  dynamo: createMemoryDynamo({ returnsOldItem: false }),
  tables,
}));

let dynalite: StoppableEngine | undefined;

limitsContract('dynalite', async () => {
  dynalite = await startDynalite();
  return dynalite;
});

afterAll(() => dynalite?.stop());
