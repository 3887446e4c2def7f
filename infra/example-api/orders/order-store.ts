/** Keeps orders in table `orders`, under who placed them. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type InferOutput, number, object, parse, picklist, string } from 'valibot';
import { fromItem, type Item, toItem } from '../data/attributes.ts';
import { type Owner, ownerKey } from '../data/owner-key.ts';
import { ORDERS_BY_ID, ORDERS_BY_TENANT } from '../data/tables.ts';

/** Most orders that one list shows, newest first. */
export const LIST_LIMIT = 50;

const OrderSchema = object({
  id: string(),
  tenant: string(),
  user: string(),
  sku: string(),
  quantity: number(),
  /** `pending` until the inventory has answered. */
  status: picklist(['pending', 'placed', 'rejected']),
  /** RFC 3339. */
  placedAt: string(),
});

export type Order = Readonly<InferOutput<typeof OrderSchema>>;

export interface OrderStore {
  add(order: Order): Promise<void>;
  /** Ends a pending order, once; false where there is none, or where it has ended. */
  settle(owner: Owner, id: string, status: 'placed' | 'rejected'): Promise<boolean>;
  find(owner: Owner, id: string): Promise<Order | undefined>;
  /** Whether anybody has this order. */
  exists(id: string): Promise<boolean>;
  ofOwner(owner: Owner): Promise<readonly Order[]>;
  ofTenant(tenant: string): Promise<readonly Order[]>;
}

export function createOrderStore(client: DynamoDBClient, table: string): OrderStore {
  const query = async (input: Omit<QueryCommandInput, 'TableName'>): Promise<readonly Item[]> =>
    (await client.send(new QueryCommand({ TableName: table, ...input }))).Items ?? [];
  const newest = { ScanIndexForward: false, Limit: LIST_LIMIT };
  return {
    async add(order) {
      const item = toItem({ pk: ownerKey(order), ...order });
      await client.send(
        new PutItemCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    },
    async settle(owner, id, status) {
      const update = new UpdateItemCommand({
        TableName: table,
        Key: key(owner, id),
        UpdateExpression: 'SET #status = :status',
        ConditionExpression: '#status = :pending',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': { S: status }, ':pending': { S: 'pending' } },
      });
      return client.send(update).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ConditionalCheckFailedException) return false;
          throw error;
        },
      );
    },
    async find(owner, id) {
      const { Item } = await client.send(
        // Not consistent, an order just placed would seem to be somebody else's.
        new GetItemCommand({ TableName: table, Key: key(owner, id), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : readItem(Item);
    },
    async exists(id) {
      const items = await query({
        IndexName: ORDERS_BY_ID,
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': { S: id } },
        Limit: 1,
      });
      return items.length > 0;
    },
    async ofOwner(owner) {
      const items = await query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: ownerKey(owner) } },
        ...newest,
      });
      return items.map(readItem);
    },
    async ofTenant(tenant) {
      const items = await query({
        IndexName: ORDERS_BY_TENANT,
        KeyConditionExpression: 'tenant = :tenant',
        ExpressionAttributeValues: { ':tenant': { S: tenant } },
        ...newest,
      });
      return items.map(readItem);
    },
  };
}

function key(owner: Owner, id: string): Item {
  return toItem({ pk: ownerKey(owner), id });
}

function readItem(item: Item): Order {
  return parse(OrderSchema, fromItem(item));
}
