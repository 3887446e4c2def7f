/** Fills the shop's tables with what is not there yet, for a shop that people use already. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { OWASP_SCRYPT_COST, type RandomBytes } from '../identity/password.ts';
import { stockItem } from '../inventory/stock-store.ts';
import { type PlainRecord, toItem } from './attributes.ts';
import { type ShopSeed, standInItem, userItem } from './seed.ts';
import type { ShopTableNames } from './tables.ts';

/** What was written; the rest was there and stays as it is. */
export interface Seeded {
  readonly users: ShopSeed['users'];
  readonly skus: ShopSeed['skus'];
}

export class TableMissingError extends Error {
  readonly code = 'TABLE_MISSING';
  readonly table: string;

  constructor(table: string) {
    super(`table ${table}: expected to be there, but this account and region have none of that name`);
    this.name = 'TableMissingError';
    this.table = table;
  }
}

/** Throws `TableMissingError`, and what DynamoDB answers. */
export async function seedMissing(
  client: DynamoDBClient,
  tables: Pick<ShopTableNames, 'users' | 'inventory'>,
  seed: ShopSeed,
  randomBytes: RandomBytes,
): Promise<Seeded> {
  const cost = { ...OWASP_SCRYPT_COST, ...(seed.scryptCost === undefined ? {} : { N: seed.scryptCost }) };
  const users: Seeded['users'][number][] = [];
  const skus: Seeded['skus'][number][] = [];
  // Articles first: when a table is missing, no user has a password yet that was never shown.
  for (const article of seed.skus) {
    const item = stockItem(article.sku, article.stock);
    if (await put(client, tables.inventory, 'sku', item)) skus.push(article);
  }
  await put(client, tables.users, 'pk', await standInItem(cost, randomBytes));
  for (const user of seed.users) {
    if (await put(client, tables.users, 'pk', await userItem(user, cost, randomBytes))) users.push(user);
  }
  return { users, skus };
}

/** False where the key is taken. */
async function put(client: DynamoDBClient, table: string, key: string, item: PlainRecord): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: toItem(item),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': key },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error instanceof ResourceNotFoundException ? new TableMissingError(table) : error;
  }
}
