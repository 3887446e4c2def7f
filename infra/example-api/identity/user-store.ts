/** Reads what a login is checked against from table `users`. */
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { array, type InferOutput, object, parse, string } from 'valibot';
import { fromItem } from '../data/attributes.ts';
import { ownerKey } from '../data/owner-key.ts';

/**
 * Key of the hash that unknown users are checked against. No tenant is called so, hence nobody can log in as it.
 * It is seeded with the users and at their cost: a costlier or cheaper one would tell who exists.
 */
export const STAND_IN_KEY: string = '#stand-in';

export interface Credentials {
  readonly passwordHash: string;
  readonly roles: readonly string[];
  /** Whether the user exists; if not, the hash is the stand-in's. */
  readonly known: boolean;
}

export interface UserStore {
  /** Undefined only when the table was never seeded. */
  find(tenant: string, user: string): Promise<Credentials | undefined>;
}

const ItemSchema = object({ pk: string(), password: string(), roles: array(string()) });

export function createUserStore(client: DynamoDBClient, table: string): UserStore {
  return {
    async find(tenant, user) {
      const pk = ownerKey({ tenant, user });
      // Both in one call, so that a known and an unknown user take equally long.
      const items = await readItems(client, table, [pk, STAND_IN_KEY]);
      const found = items.find((item) => item.pk === pk);
      const checked = found ?? items.find((item) => item.pk === STAND_IN_KEY);
      if (checked === undefined) return undefined;
      return {
        passwordHash: checked.password,
        roles: found?.roles ?? [],
        known: found !== undefined,
      };
    },
  };
}

async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly string[],
): Promise<readonly InferOutput<typeof ItemSchema>[]> {
  const result = await client.send(
    new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys.map((pk) => ({ pk: { S: pk } })) } } }),
  );
  // Under throttling DynamoDB may hand keys back: half an answer would take a user for an unknown one.
  if (Object.keys(result.UnprocessedKeys ?? {}).length > 0) throw new UsersUnavailableError(table);
  return (result.Responses?.[table] ?? []).map((item) => parse(ItemSchema, fromItem(item)));
}

export class UsersUnavailableError extends Error {
  readonly code = 'USERS_UNAVAILABLE';

  constructor(table: string) {
    super(`table ${table}: expected both items of a login, got some unprocessed`);
    this.name = 'UsersUnavailableError';
  }
}
