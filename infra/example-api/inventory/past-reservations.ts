/** Remembers reservations that an article's own item has no more room for: one item each, for as long as an order can be put off. */
import { BatchWriteItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { toItem } from '../data/attributes.ts';
import { INVENTORY_TTL } from '../data/tables.ts';

/** A day more than SQS keeps a message at most (14 days). */
const KEEP_SECONDS = 15 * 86_400;

export interface PastReservations {
  readonly sku: string;
  /** At most 25: BatchWriteItem's limit. */
  readonly orderIds: readonly string[];
  /** Epoch ms. */
  readonly now: number;
}

/** Whether all were written; those that were stay, and writing them again changes nothing. */
export async function addPastReservations(
  client: DynamoDBClient,
  table: string,
  { sku, orderIds, now }: PastReservations,
): Promise<boolean> {
  const until = Math.floor(now / 1000) + KEEP_SECONDS;
  const requests = orderIds.map((orderId) => ({
    PutRequest: { Item: toItem({ sku: pastKey(sku, orderId), [INVENTORY_TTL]: until }) },
  }));
  const { UnprocessedItems = {} } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
  );
  return Object.keys(UnprocessedItems).length === 0;
}

export async function hasPastReservation(
  client: DynamoDBClient,
  table: string,
  { sku, orderId }: { readonly sku: string; readonly orderId: string },
): Promise<boolean> {
  const Key = { sku: { S: pastKey(sku, orderId) } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item !== undefined;
}

/** No article is called so: their numbers hold no `#`. */
function pastKey(sku: string, orderId: string): string {
  return `${sku}#${orderId}`;
}
