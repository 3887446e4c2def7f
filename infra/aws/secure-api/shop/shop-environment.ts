/** What each of the shop's functions is told when it starts: the variables that its code reads, and no others. */
import type { ShopFunctionName } from './shop-functions.ts';
import type { ShopResources } from './shop-rights.ts';

/** `LIMITS_TABLE` and `BUCKETS_TABLE` come from the pipeline, `INVENTORY_URL` as soon as the API has an address. */
export function shopEnvironments(
  name: string,
  { users, orders, inventory, ordersQueue, tokenKey }: ShopResources,
): Readonly<Record<ShopFunctionName, Readonly<Record<string, string>>>> {
  const token = {
    JWT_ISSUER: `urn:trailgate:${name}`,
    JWT_AUDIENCE: name,
    TOKEN_KEY_ID: tokenKey.keyId,
  };
  const ordersTable = { ORDERS_TABLE: orders.tableName };
  const inventoryTable = { INVENTORY_TABLE: inventory.tableName };
  return {
    'shop-authorizer': token,
    'shop-login': { USERS_TABLE: users.tableName, ...token },
    'shop-read-orders': ordersTable,
    'shop-place-order': { ...ordersTable, ...token, ORDERS_QUEUE_URL: ordersQueue.queueUrl },
    'shop-admin-orders': ordersTable,
    'shop-read-inventory': inventoryTable,
    'shop-reserve': inventoryTable,
    'shop-order-worker': { ...ordersTable, ...token },
  };
}
