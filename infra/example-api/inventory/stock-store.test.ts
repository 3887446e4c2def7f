import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedShop } from '../data/seed.ts';
import { orderId as newOrderId } from '../shop/order-id.ts';
import { startShopTables, TABLES, type TestTables } from '../testing/shop-tables.ts';
import { createStockStore, RESERVATION_MEMORY_MS, type StockStore } from './stock-store.ts';

const NOW = 1_800_000_000_000;
let tables: TestTables;
let store: StockStore;
/** The id of an order that was made at a time. */
const made = (at: number, seed = 0): string => newOrderId(at, (size) => new Uint8Array(size).fill(seed));
const A = made(NOW);
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
    expect(await store.reserve({ sku: 'TEA', orderId: A, quantity: 3 }, NOW)).toEqual({
      is: 'reserved',
      stock: 2,
    });
    expect(await store.stock('TEA')).toBe(2);
  });

  test('takes nothing when there is not enough', async () => {
    await stocked('TEA', 2);
    expect(await store.reserve({ sku: 'TEA', orderId: A, quantity: 3 }, NOW)).toEqual({
      is: 'out-of-stock',
      stock: 2,
    });
    expect(await store.stock('TEA')).toBe(2);
  });

  test('is made once for an order, and later found though nothing is left', async () => {
    await stocked('TEA', 3);
    const order = { sku: 'TEA', orderId: A, quantity: 3 };
    await store.reserve(order, NOW);
    expect(await store.reserve(order, NOW + 19_999)).toEqual({ is: 'already', stock: 0 });
  });

  test('of an article that is not there names it', async () => {
    expect(await store.reserve({ sku: 'NONE', orderId: A, quantity: 1 }, NOW)).toEqual({
      is: 'unknown-sku',
    });
    expect(await store.stock('NONE')).toBeUndefined();
  });
});

test('asked at once, in any order and repeatedly: never below zero, each order once, nothing lost', async () => {
  const wishes = fc.array(
    fc.record({
      orderId: fc.constantFrom(...[1, 2, 3, 4, 5].map((seed) => made(NOW, seed))),
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 10 }), wishes, fc.boolean(), async (stock, asked, late) => {
      await stocked('TEA', stock);
      const at = late ? NOW + 3_600_000 : NOW;
      const outcomes = await Promise.all(asked.map((wish) => store.reserve({ sku: 'TEA', ...wish }, at)));
      const taken = asked.filter((_, index) => outcomes[index]?.is === 'reserved');
      const left = await store.stock('TEA');
      expect(left).toBe(stock - taken.reduce((sum, { quantity }) => sum + quantity, 0));
      expect(left).toBeGreaterThanOrEqual(0);
      expect(new Set(taken.map(({ orderId }) => orderId)).size).toBe(taken.length);
    }),
    { numRuns: 25 },
  );
});

describe('an order that comes again after the article has forgotten it', () => {
  const later = NOW + RESERVATION_MEMORY_MS + 1;
  const reserve = (id: string, at: number, from = store) =>
    from.reserve({ sku: 'TEA', orderId: id, quantity: 1 }, at);
  const old = Array.from({ length: 20 }, (_, seed) => made(NOW, seed));
  const remembered = async (): Promise<readonly string[]> => {
    const key = { TableName: TABLES.inventory, Key: { sku: { S: 'TEA' } } };
    const { Item } = await tables.client.send(new GetItemCommand(key));
    return Object.keys(Item?.reserved?.M ?? {});
  };
  /** Twenty reservations, and one that comes late enough to clear them away. */
  const clearedAway = async (): Promise<void> => {
    await stocked('TEA', 100);
    for (const id of old) await reserve(id, NOW);
    await reserve(made(later, 77), later);
  };

  test('takes nothing again', async () => {
    await clearedAway();
    expect(await remembered()).toEqual([made(later, 77)]);
    expect(await reserve(made(NOW, 3), later)).toEqual({ is: 'already', stock: 79 });
    expect(await reserve(made(NOW, 3), later + 14 * 86_400_000)).toEqual({ is: 'already', stock: 79 });
    expect(await reserve(made(NOW, 99), later)).toEqual({ is: 'reserved', stock: 78 });
  });

  test('also when it is forgotten just after the article was read', async () => {
    await stocked('TEA', 100);
    for (const id of old) await reserve(id, NOW);
    let clear: (() => Promise<unknown>) | undefined = () => reserve(made(later, 77), later);
    const interrupted = {
      send: async (command: GetItemCommand) => {
        const answer = await tables.client.send(command);
        const now = clear;
        clear = undefined;
        await now?.();
        return answer;
      },
    };
    const late = createStockStore(interrupted as unknown as DynamoDBClient, TABLES.inventory);
    expect(await reserve(made(NOW, 3), later, late)).toEqual({ is: 'already', stock: 80 });
    expect(await remembered()).toEqual([made(later, 77)]);
    expect(await store.stock('TEA')).toBe(79);
  });

  test('is remembered by its article until it may be forgotten', async () => {
    await stocked('TEA', 100);
    for (const id of old) await reserve(id, NOW);
    await reserve(made(later - 1, 77), later - 1);
    expect(await remembered()).toHaveLength(21);
  });
});
