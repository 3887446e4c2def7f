/** Makes the two tables of limits in an engine that a test runs against. */
import type { DynamoClient } from '@trailgate/sdk/limits';
import { bucketsTable, limitsTable } from '@trailgate/sdk/limits/table';
import type { LimitsEngine } from './limits-contract.ts';

export async function createLimitsTables(
  dynamo: DynamoClient,
  suffix: string,
): Promise<LimitsEngine['tables']> {
  const tables = { limits: `limits${suffix}`, buckets: `buckets${suffix}` };
  for (const table of [limitsTable(tables.limits), bucketsTable(tables.buckets)]) {
    await dynamo.send('CreateTable', { ...table });
    while (!(await isActive(dynamo, table.TableName)))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return tables;
}

async function isActive(dynamo: DynamoClient, table: string): Promise<boolean> {
  const { Table } = await dynamo.send('DescribeTable', { TableName: table });
  return (Table as { readonly TableStatus?: string }).TableStatus === 'ACTIVE';
}
