import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedShop } from '../data/seed.ts';
import { startShopTables, TABLES, type TestTables } from '../testing/shop-tables.ts';
import { createStockStore, RESERVATION_MEMORY_MS, type StockStore } from './stock-store.ts';

const NOW = 1_800_000_000_000;
let tables: TestTables;
let store: StockStore;
const stocked = (sku: string, stock: number): Promise<void> =>
  seedShop(tables.client, TABLES, { users: [], skus: [{ sku, stock }], scryptCost: 16 });

beforeAll(async () => {
  tables = await startShopTables();
  store = createStockStore(tables.client, TABLES.inventory);
});
afterAll(() => tables.stop());

describe('a reservation', () => {
  test('takes what is there', async () => {
    await stocked('TEA', 5);
    expect(await store.reserve({ sku: 'TEA', orderId: 'a', quantity: 3 }, NOW)).toEqual({
      is: 'reserved',
      stock: 2,
    });
    expect(await store.stock('TEA')).toBe(2);
  });

  test('takes nothing when there is not enough', async () => {
    await stocked('TEA', 2);
    expect(await store.reserve({ sku: 'TEA', orderId: 'a', quantity: 3 }, NOW)).toEqual({
      is: 'out-of-stock',
      stock: 2,
    });
    expect(await store.stock('TEA')).toBe(2);
  });

  test('is made once for an order, and later found though nothing is left', async () => {
    await stocked('TEA', 3);
    const order = { sku: 'TEA', orderId: 'a', quantity: 3 };
    await store.reserve(order, NOW);
    expect(await store.reserve(order, NOW + 20_000)).toEqual({ is: 'already', stock: 0 });
  });

  test('of an article that is not there names it', async () => {
    expect(await store.reserve({ sku: 'NONE', orderId: 'a', quantity: 1 }, NOW)).toEqual({
      is: 'unknown-sku',
    });
    expect(await store.stock('NONE')).toBeUndefined();
  });
});

test('asked at once, in any order and repeatedly: never below zero, each order once, nothing lost', async () => {
  const wishes = fc.array(
    fc.record({
      orderId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 10 }), wishes, async (stock, asked) => {
      await stocked('TEA', stock);
      const outcomes = await Promise.all(asked.map((wish) => store.reserve({ sku: 'TEA', ...wish }, NOW)));
      const taken = asked.filter((_, index) => outcomes[index]?.is === 'reserved');
      const left = await store.stock('TEA');
      expect(left).toBe(stock - taken.reduce((sum, { quantity }) => sum + quantity, 0));
      expect(left).toBeGreaterThanOrEqual(0);
      expect(new Set(taken.map(({ orderId }) => orderId)).size).toBe(taken.length);
    }),
    { numRuns: 40 },
  );
});

test('orders whose memory has run out are forgotten, later ones are not', async () => {
  await stocked('TEA', 100);
  const reserve = (orderId: string, at: number) => store.reserve({ sku: 'TEA', orderId, quantity: 1 }, at);
  for (let index = 0; index < 20; index += 1) await reserve(`old-${index}`, NOW);
  const later = NOW + RESERVATION_MEMORY_MS;
  await reserve('recent', later);
  expect(await reserve('old-0', later)).toMatchObject({ is: 'already' });
  await reserve('trigger', later + 1);
  expect(await reserve('old-0', later + 1)).toMatchObject({ is: 'reserved' });
  expect(await reserve('recent', later + 1)).toMatchObject({ is: 'already' });
});
