/** `trailgate shop seed`: gives a deployed shop its first user and something to sell. */
import { randomBytes } from 'node:crypto';
import { DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { ShopSeed } from '../example-api/data/seed.ts';
import { type Seeded, seedMissing } from '../example-api/data/seed-missing.ts';
import { readShopCall, type ShopCall } from './shop-options.ts';

/** 120 bits, as 20 characters that survive copying. */
const PASSWORD_BYTES = 15;

/** What AWS refused, said without its stack. */
export class ShopSeedError extends Error {
  readonly code = 'SHOP_SEED';

  constructor(cause: DynamoDBServiceException) {
    super(`shop seed: expected DynamoDB to take the items, got ${cause.name}: ${cause.message}`, { cause });
    this.name = 'ShopSeedError';
  }
}

/** The password is printed here and kept nowhere; its hash is made at OWASP's cost, or with `scryptCost` for N. */
export async function shop(args: readonly string[], scryptCost?: number): Promise<number> {
  const call = readShopCall(args);
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const seeded = await seed(call, {
    users: [{ ...call.user, password }],
    skus: call.skus,
    ...(scryptCost === undefined ? {} : { scryptCost }),
  });
  const { user, tenant } = call.user;
  console.log(
    seeded.users.length > 0
      ? `user ${user} of tenant ${tenant}, roles ${call.user.roles.join(', ') || 'none'}\npassword ${password}   (shown this once)`
      : `user ${user} of tenant ${tenant} was there: the password stays`,
  );
  for (const { sku, stock } of call.skus) {
    const added = seeded.skus.some((one) => one.sku === sku);
    console.log(added ? `article ${sku}: ${stock} in stock` : `article ${sku} was there: its stock stays`);
  }
  return 0;
}

async function seed({ tables, region, endpoint }: ShopCall, content: ShopSeed): Promise<Seeded> {
  const client = new DynamoDBClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  try {
    return await seedMissing(client, tables, content, randomBytes);
  } catch (error) {
    throw error instanceof DynamoDBServiceException ? new ShopSeedError(error) : error;
  } finally {
    client.destroy();
  }
}
