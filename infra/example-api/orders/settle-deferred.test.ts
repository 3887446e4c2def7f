import { createTrailgate } from '@trailgate/sdk';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UnexpectedCallError } from '../http/call.ts';
import { createRouter } from '../http/router.ts';
import { orderId } from '../shop/order-id.ts';
import { restEvent } from '../testing/gateway-events.ts';
import { startShopTables, TABLES, type TestTables } from '../testing/shop-tables.ts';
import { InventoryUnavailableError, type ReserveOutcome } from './inventory-client.ts';
import { createOrderStore, type Order, type OrderStore } from './order-store.ts';
import { serveWorker, type WorkerHandler } from './settle-batch.ts';
import { settleDeferred } from './settle-deferred.ts';

const NOW = 1_800_000_000_000;
const CONTEXT = { awsRequestId: 'request-1', functionName: 'shop-order-worker' };
const SILENT = new InventoryUnavailableError('no answer');
let tables: TestTables;
let orders: OrderStore;
let asked: string[];
let counted: [string, number][];
let worker: WorkerHandler;
let outcomes: Map<string, ReserveOutcome | Error>;
let made = 0;

beforeAll(async () => {
  tables = await startShopTables();
  orders = createOrderStore(tables.client, TABLES.orders);
});
afterAll(() => tables.stop());

beforeEach(() => {
  [asked, counted, outcomes] = [[], [], new Map()];
  const trailgate = createTrailgate({ service: 'orders', ports: { write: () => {} } });
  const inventory = {
    reserve: async ({ id }: { readonly id: string }) => {
      asked.push(id);
      const outcome = outcomes.get(id) ?? 'reserved';
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
  const told = { ...trailgate, count: (name: string, by = 1) => void counted.push([name, by]) };
  const routes = { 'POST /deferred-orders': settleDeferred({ orders, inventory, trailgate: told }) };
  worker = serveWorker(trailgate, createRouter(routes, trailgate));
});

async function pending(): Promise<Order> {
  const id = orderId(NOW + made++, (size) => new Uint8Array(size));
  const order: Order = {
    id,
    tenant: 'acme',
    user: 'anna',
    sku: 'TEA',
    quantity: 2,
    status: 'pending',
    placedAt: new Date(NOW).toISOString(),
  };
  await orders.add(order);
  return order;
}

const message = ({ id, tenant, user }: Order): object => ({ order: id, tenant, user });
const status = async (order: Order) => (await orders.find(order, order.id))?.status;
/** Bodies that are strings are sent as they are. */
const batch = (...bodies: readonly (object | string)[]) =>
  worker(
    {
      Records: bodies.map((body, index) => ({
        messageId: `m${index}`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        eventSource: 'aws:sqs',
        attributes: {},
        messageAttributes: {},
      })),
    } as unknown as SQSEvent,
    CONTEXT,
  );
const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((id) => ({ itemIdentifier: id })) });

describe('an order that was put off', () => {
  test.each([
    ['reserved', 'placed', [['Orders', 1]]],
    ['out-of-stock', 'rejected', []],
    ['unknown-sku', 'rejected', []],
  ] as const)('whose articles are %s is %s', async (outcome, expected, counts) => {
    const order = await pending();
    outcomes.set(order.id, outcome);
    expect(await batch(message(order))).toEqual(failures());
    expect(await status(order)).toBe(expected);
    expect(counted).toEqual(counts);
  });

  test('is settled once, however often its message comes', async () => {
    const order = await pending();
    expect(await batch(message(order), message(order))).toEqual(failures());
    outcomes.set(order.id, 'out-of-stock');
    expect(await batch(message(order))).toEqual(failures());
    expect(asked).toEqual([order.id]);
    expect(counted).toEqual([['Orders', 1]]);
    expect(await status(order)).toBe('placed');
  });

  test('that somebody else settles meanwhile is counted by them alone', async () => {
    const order = await pending();
    const both = await Promise.all([batch(message(order)), batch(message(order))]);
    expect(both).toEqual([failures(), failures()]);
    expect(counted).toEqual([['Orders', 1]]);
  });
});

describe('of a batch', () => {
  test('only what failed comes again', async () => {
    const [good, broken, late] = [await pending(), await pending(), await pending()];
    outcomes.set(broken.id, new Error('a fault of ours'));
    expect(await batch(message(good), message(broken), message(late))).toEqual(failures('m1'));
    expect([await status(good), await status(broken), await status(late)]).toEqual([
      'placed',
      'pending',
      'placed',
    ]);
  });

  test('nothing more is asked of an inventory that is silent, and the rest comes again', async () => {
    const [first, second, third] = [await pending(), await pending(), await pending()];
    outcomes.set(second.id, SILENT);
    expect(await batch(message(first), message(second), message(third))).toEqual(failures('m1', 'm2'));
    expect(asked).toEqual([first.id, second.id]);
    expect(await status(third)).toBe('pending');
    outcomes.clear();
    expect(await batch(message(second), message(third))).toEqual(failures());
    expect([await status(second), await status(third)]).toEqual(['placed', 'placed']);
  });

  test('what is no message of ours ends with the queue’s dead letters', async () => {
    const order = await pending();
    const stranger = { ...message(order), user: 'ben' };
    const answer = await batch('{', {}, { ...message(order), admin: true }, stranger, message(order));
    expect(answer).toEqual(failures('m0', 'm1', 'm2', 'm3'));
    expect(await status(order)).toBe('placed');
  });

  test('nothing is nothing', async () => {
    expect(await batch()).toEqual(failures());
  });
});

describe('somebody who may invoke the worker', () => {
  test('settles one order by hand', async () => {
    const order = await pending();
    const body = { order: order.id, status: 'placed' };
    expect(await worker(message(order), CONTEXT)).toEqual({ status: 200, body });
    expect(await worker(message(order), CONTEXT)).toEqual({ status: 200, body });
    expect(asked).toEqual([order.id]);
  });

  test('is told what was wrong', async () => {
    expect(await worker({ order: 'x' }, CONTEXT)).toMatchObject({ status: 400 });
  });
});

test('nobody reaches it over HTTP', async () => {
  const call = restEvent({ method: 'POST', path: '/deferred-orders' });
  await expect(worker(call, CONTEXT)).rejects.toThrow(UnexpectedCallError);
});
