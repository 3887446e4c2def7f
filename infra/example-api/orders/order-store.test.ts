import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderId } from '../shop/order-id.ts';
import { startShopTables, TABLES, type TestTables } from '../testing/shop-tables.ts';
import { createOrderStore, LIST_LIMIT, type Order, type OrderStore } from './order-store.ts';

const START = 1_800_000_000_000;
let tables: TestTables;
let store: OrderStore;

beforeAll(async () => {
  tables = await startShopTables();
  store = createOrderStore(tables.client, TABLES.orders);
});
afterAll(() => tables.stop());

function order(tenant: string, user: string, minute: number): Order {
  const now = START + minute * 60_000;
  const id = orderId(now, () => Buffer.from(`${tenant}${user}0000000000`).subarray(0, 10));
  return {
    id,
    tenant,
    user,
    sku: 'TEA',
    quantity: 1,
    status: 'pending',
    placedAt: new Date(now).toISOString(),
  };
}

describe('an order', () => {
  test('is found by its owner only, but known to exist', async () => {
    const placed = order('acme', 'anna', 0);
    await store.add(placed);
    expect(await store.find({ tenant: 'acme', user: 'anna' }, placed.id)).toEqual(placed);
    expect(await store.find({ tenant: 'acme', user: 'ben' }, placed.id)).toBeUndefined();
    expect(await store.find({ tenant: 'zeta', user: 'anna' }, placed.id)).toBeUndefined();
    expect(await store.exists(placed.id)).toBe(true);
    expect(await store.exists(order('acme', 'nobody', 1).id)).toBe(false);
  });

  test('is settled when it is there, and once', async () => {
    const placed = order('acme', 'cleo', 0);
    expect(await store.settle(placed, placed.id, 'placed')).toBe(false);
    await store.add(placed);
    expect(await store.settle(placed, placed.id, 'placed')).toBe(true);
    expect(await store.settle(placed, placed.id, 'rejected')).toBe(false);
    expect(await store.find(placed, placed.id)).toEqual({ ...placed, status: 'placed' });
  });

  test('is never overwritten', async () => {
    const placed = order('acme', 'dora', 0);
    await store.add(placed);
    await expect(store.add({ ...placed, quantity: 9 })).rejects.toThrow();
  });
});

test('lists are newest first, of one owner or one tenant, and end somewhere', async () => {
  const eve = Array.from({ length: LIST_LIMIT + 1 }, (_, minute) => order('list', 'eve', minute));
  const fay = order('list', 'fay', LIST_LIMIT + 5);
  for (const placed of [...eve, fay, order('other', 'eve', 0)]) await store.add(placed);
  const newest = eve.toReversed().slice(0, LIST_LIMIT);
  expect(await store.ofOwner({ tenant: 'list', user: 'eve' })).toEqual(newest);
  expect(await store.ofTenant('list')).toEqual([fay, ...newest].slice(0, LIST_LIMIT));
  expect(await store.ofOwner({ tenant: 'list', user: 'nobody' })).toEqual([]);
});
