/** Runs dynalite inside the test process with the shop's tables in it. */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type ShopTableNames, shopTables } from '../data/tables.ts';

export const TABLES: ShopTableNames = { users: 'users', orders: 'orders', inventory: 'inventory' };

export interface TestTables {
  readonly client: DynamoDBClient;
  readonly url: string;
  /** Operations that were asked for, in their order: `GetItem`. */
  readonly operations: string[];
  stop(): Promise<void>;
}

export async function startShopTables(): Promise<TestTables> {
  const server = dynalite({ createTableMs: 0 });
  const operations: string[] = [];
  server.on('request', ({ headers }: IncomingMessage) => {
    operations.push(String(headers['x-amz-target']).replace(/^.*\./, ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials });
  for (const table of shopTables(TABLES)) await client.send(new CreateTableCommand(table));
  return {
    client,
    url,
    operations,
    stop: async () => {
      client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
