/** Fills the shop's tables with users and stock. */
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { hashPassword, OWASP_SCRYPT_COST, type RandomBytes, type ScryptCost } from '../identity/password.ts';
import { STAND_IN_KEY } from '../identity/user-store.ts';
import { stockItem } from '../inventory/stock-store.ts';
import { type PlainRecord, toItem } from './attributes.ts';
import { ownerKey } from './owner-key.ts';
import type { ShopTableNames } from './tables.ts';

export interface SeedUser {
  /** Lower-case letters, digits and dashes. */
  readonly tenant: string;
  readonly user: string;
  readonly password: string;
  readonly roles: readonly string[];
}

export interface ShopSeed {
  readonly users: readonly SeedUser[];
  readonly skus: readonly { readonly sku: string; readonly stock: number }[];
  /**
   * scrypt's N for these users' hashes; OWASP's when absent. A local stack may take a low one (1,024), because the
   * cost is carried in each hash and a login follows it.
   */
  readonly scryptCost?: number;
}

const BATCH_SIZE = 25; // BatchWriteItem's limit
const MAX_ATTEMPTS = 8;

/** Writes every item anew, so that a second seeding is a reset of those users and articles. Tables must exist. */
export async function seedShop(
  client: DynamoDBClient,
  tables: ShopTableNames,
  seed: ShopSeed,
  randomBytes: RandomBytes = (size) => crypto.getRandomValues(new Uint8Array(size)),
): Promise<void> {
  const cost = { ...OWASP_SCRYPT_COST, ...(seed.scryptCost === undefined ? {} : { N: seed.scryptCost }) };
  const users = await Promise.all(seed.users.map((user) => userItem(user, cost, randomBytes)));
  await writeAll(client, tables.users, [await standInItem(cost, randomBytes), ...users]);
  await writeAll(
    client,
    tables.inventory,
    seed.skus.map(({ sku, stock }) => stockItem(sku, stock)),
  );
}

export async function userItem(
  user: SeedUser,
  cost: ScryptCost,
  randomBytes: RandomBytes,
): Promise<PlainRecord> {
  return {
    pk: ownerKey(user),
    password: await hashPassword(user.password, cost, randomBytes),
    roles: user.roles,
  };
}

/** A hash whose password nobody has, for users that do not exist. */
export async function standInItem(cost: ScryptCost, randomBytes: RandomBytes): Promise<PlainRecord> {
  const password = Buffer.from(randomBytes(32)).toString('base64url');
  return { pk: STAND_IN_KEY, password: await hashPassword(password, cost, randomBytes), roles: [] };
}

async function writeAll(client: DynamoDBClient, table: string, items: readonly PlainRecord[]): Promise<void> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    const batch = items.slice(start, start + BATCH_SIZE);
    await writeBatch(
      client,
      table,
      batch.map((item) => ({ PutRequest: { Item: toItem(item) } })),
    );
  }
}

/** DynamoDB hands back what it did not write. */
async function writeBatch(client: DynamoDBClient, table: string, requests: WriteRequest[]): Promise<void> {
  let left = requests;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const result = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
    left = result.UnprocessedItems?.[table] ?? [];
    if (left.length === 0) return;
  }
  throw new SeedError(table, left.length);
}

export class SeedError extends Error {
  readonly code = 'SEED_INCOMPLETE';

  constructor(table: string, left: number) {
    super(`table ${table}: expected every item written, got ${left} handed back ${MAX_ATTEMPTS} times`);
    this.name = 'SeedError';
  }
}
