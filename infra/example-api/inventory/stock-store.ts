/** Keeps the stock of each article in table `inventory`: never below zero, and once per order however often it is asked. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { number, object, parse, record, string } from 'valibot';
import { fromItem, type Item, type PlainRecord } from '../data/attributes.ts';
import { orderTime } from '../shop/order-id.ts';
import { addPastReservations, hasPastReservation } from './past-reservations.ts';

/**
 * Milliseconds that an article's own item remembers a reservation. Short, because the ids share the item (400 KB at
 * most): one write decides over both. After that, items of their own remember it.
 */
export const RESERVATION_MEMORY_MS = 30_000;
/**
 * Milliseconds after which an order may have been forgotten by the article: a reservation is never older than its order.
 * Less than the memory, because clocks of functions differ.
 */
const LATE_MS = 20_000;
/** How many past ids one reservation clears away; more than one, so that the item stays small. */
const FORGET_AT_ONCE = 20;
export interface Reservation {
  readonly sku: string;
  readonly orderId: string;
  readonly quantity: number;
}

export type ReservationOutcome =
  | { readonly is: 'reserved'; readonly stock: number }
  /** This order already has it: nothing was taken again. */
  | { readonly is: 'already'; readonly stock: number }
  | { readonly is: 'out-of-stock'; readonly stock: number }
  | { readonly is: 'unknown-sku' };

export interface StockStore {
  /** Undefined when there is no such article. */
  stock(sku: string): Promise<number | undefined>;
  reserve(reservation: Reservation, now: number): Promise<ReservationOutcome>;
}

interface Stock {
  readonly stock: number;
  /** Epoch ms of each remembered reservation, by order id. */
  readonly reserved: Readonly<Record<string, number>>;
}

const StockSchema = object({ stock: number(), reserved: record(string(), number()) });

/** An article as it is first put into the table. */
export function stockItem(sku: string, stock: number): PlainRecord {
  return { sku, stock, reserved: {} };
}

export function createStockStore(client: DynamoDBClient, table: string): StockStore {
  const read = (sku: string): Promise<Stock | undefined> => readStock(client, table, sku);
  return {
    stock: async (sku) => (await read(sku))?.stock,
    async reserve(reservation, now) {
      const { sku, orderId } = reservation;
      if (now - orderTime(orderId) >= LATE_MS) {
        // The article first: ids are written to the past before they leave it, so one of the two has this one.
        const stock = await read(sku);
        if (stock === undefined) return { is: 'unknown-sku' };
        const known =
          Object.hasOwn(stock.reserved, orderId) || (await hasPastReservation(client, table, reservation));
        if (known) return { is: 'already', stock: stock.stock };
      }
      const left = await take(client, table, reservation, now);
      if (left === undefined) return refusal(await read(sku), reservation);
      await clearPast(client, table, sku, left.reserved, now);
      return { is: 'reserved', stock: left.stock };
    },
  };
}

function refusal(stock: Stock | undefined, { orderId }: Reservation): ReservationOutcome {
  if (stock === undefined) return { is: 'unknown-sku' };
  const known = Object.hasOwn(stock.reserved, orderId);
  return { is: known ? 'already' : 'out-of-stock', stock: stock.stock };
}

async function readStock(client: DynamoDBClient, table: string, sku: string): Promise<Stock | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { sku: { S: sku } }, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : readItem(Item);
}

/**
 * One conditional write decides. The article afterwards; undefined when the article, the stock or a first-time order id
 * is missing.
 */
async function take(
  client: DynamoDBClient,
  table: string,
  { sku, orderId, quantity }: Reservation,
  now: number,
): Promise<Stock | undefined> {
  try {
    const { Attributes = {} } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { sku: { S: sku } },
        UpdateExpression: 'SET #stock = #stock - :quantity, #reserved.#order = :now',
        ConditionExpression: '#stock >= :quantity AND attribute_not_exists(#reserved.#order)',
        ExpressionAttributeNames: { '#stock': 'stock', '#reserved': 'reserved', '#order': orderId },
        ExpressionAttributeValues: { ':quantity': { N: String(quantity) }, ':now': { N: String(now) } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return readItem(Attributes);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Moves ids whose memory has run out to items of their own, in this order: at no time is one nowhere. */
async function clearPast(
  client: DynamoDBClient,
  table: string,
  sku: string,
  reserved: Readonly<Record<string, number>>,
  now: number,
): Promise<void> {
  const past = Object.keys(reserved)
    .filter((orderId) => (reserved[orderId] ?? now) < now - RESERVATION_MEMORY_MS)
    .slice(0, FORGET_AT_ONCE);
  if (past.length < FORGET_AT_ONCE) return;
  // What was not written now is moved by a later reservation.
  if (!(await addPastReservations(client, table, { sku, orderIds: past, now }))) return;
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { sku: { S: sku } },
      UpdateExpression: `REMOVE ${past.map((_, index) => `#reserved.#o${index}`).join(', ')}`,
      ExpressionAttributeNames: {
        '#reserved': 'reserved',
        ...Object.fromEntries(past.map((orderId, index) => [`#o${index}`, orderId])),
      },
    }),
  );
}

function readItem(item: Item): Stock {
  return parse(StockSchema, fromItem(item));
}
