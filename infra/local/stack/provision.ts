/** Makes the streams and tables of a local stack and fills the shop. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bucketsTable, limitsTable } from '@trailgate/sdk/limits/table';
import { type SeedUser, seedShop } from '../../example-api/data/seed.ts';
import { shopTables } from '../../example-api/data/tables.ts';
import { LOCAL_CREDENTIALS, REGION, SHARDS, STREAMS, TABLES } from './names.ts';

const POLL_MS = 20;
/** Cost of the seeded password hashes (scrypt's N): low, so that the shop and not the hash is what a scenario loads. */
const SCRYPT_COST = 1024;
const STOCK = 1_000_000;

export function kinesisClient(endpoint: string): KinesisClient {
  // The client's default transport is HTTP/2, which the engine does not speak.
  const requestHandler = new NodeHttpHandler();
  return new KinesisClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS, requestHandler });
}

export async function createStreams(kinesis: KinesisClient): Promise<void> {
  const names = Object.values(STREAMS);
  await Promise.all(
    names.map((StreamName) => kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: SHARDS }))),
  );
  for (const StreamName of names) {
    const active = async (): Promise<boolean> => {
      const { StreamDescriptionSummary } = await kinesis.send(
        new DescribeStreamSummaryCommand({ StreamName }),
      );
      return StreamDescriptionSummary?.StreamStatus === 'ACTIVE';
    };
    while (!(await active())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export interface ShopContent {
  readonly users: readonly SeedUser[];
  readonly skus: readonly string[];
}

export async function createTables(endpoint: string, content: ShopContent): Promise<void> {
  const dynamo = new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  try {
    const tables = [limitsTable(TABLES.limits), bucketsTable(TABLES.buckets), ...shopTables(TABLES)];
    await Promise.all(tables.map((table) => dynamo.send(new CreateTableCommand(table))));
    const skus = content.skus.map((sku) => ({ sku, stock: STOCK }));
    await seedShop(dynamo, TABLES, { users: content.users, skus, scryptCost: SCRYPT_COST });
  } finally {
    dynamo.destroy();
  }
}
