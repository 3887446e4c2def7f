/** What each of the shop's functions is told when it starts: the variables that its code reads, and no others. */
import { CLIENT_ADDRESS_HEADER } from '../edge/client-address.ts';
import type { ShopFunctionName } from './shop-functions.ts';
import type { ShopResources } from './shop-rights.ts';

/** Behind the distribution the gateway sees CloudFront call, and the firewall lets nobody past it. */
const BEHIND_THE_EDGE = { TRAILGATE_CLIENT_ADDRESS_HEADER: CLIENT_ADDRESS_HEADER };

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
  const inventoryTable = { INVENTORY_TABLE: inventory.tableName, ...BEHIND_THE_EDGE };
  const ordersApi = { ...ordersTable, ...BEHIND_THE_EDGE };
  return {
    'shop-authorizer': { ...token, ...BEHIND_THE_EDGE },
    'shop-login': { USERS_TABLE: users.tableName, ...token, ...BEHIND_THE_EDGE },
    'shop-read-orders': ordersApi,
    'shop-place-order': { ...ordersApi, ...token, ORDERS_QUEUE_URL: ordersQueue.queueUrl },
    'shop-admin-orders': ordersApi,
    'shop-read-inventory': inventoryTable,
    'shop-reserve': inventoryTable,
    'shop-order-worker': { ...ordersTable, ...token },
  };
}
