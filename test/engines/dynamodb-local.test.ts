import { afterAll } from 'vitest';
import { limitsContract } from '../contracts/limits-contract.ts';
import { createLimitsTables } from '../contracts/limits-tables.ts';
import { type RunningDynamo, startDynamoLocal } from './dynamodb-local.ts';

let running: RunningDynamo | undefined;

limitsContract('DynamoDB Local', async () => {
  running = await startDynamoLocal(process.env.DYNAMODB_URL);
  const { dynamo } = running;
  // A named engine may hold the tables of an earlier run.
  return { dynamo, tables: await createLimitsTables(dynamo, `-${process.pid}-${Date.now()}`) };
});

afterAll(() => running?.stop());
