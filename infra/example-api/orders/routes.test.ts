import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../http/principal.ts';
import type { Response } from '../http/response.ts';
import { createRouter } from '../http/router.ts';
import { orderId } from '../shop/order-id.ts';
import { ADA_ADMIN, ANNA, BEN, request } from '../testing/requests.ts';
import { startShopTables, TABLES, type TestTables } from '../testing/shop-tables.ts';
import { createWitness, type Witness } from '../testing/witness.ts';
import type { DeferPort } from './deferred-order.ts';
import { InventoryUnavailableError, type ReserveOutcome } from './inventory-client.ts';
import { createOrderStore } from './order-store.ts';
import { adminOrdersRoutes, placeOrderRoutes, readOrdersRoutes } from './routes.ts';

const NOW = 1_800_000_000_000;
let tables: TestTables;
let witness: Witness;
let reserve: () => Promise<ReserveOutcome>;
let defer: DeferPort['defer'] | undefined;
let count = 0;

beforeAll(async () => {
  tables = await startShopTables();
});
afterAll(() => tables.stop());
beforeEach(() => {
  witness = createWitness();
  reserve = async () => 'reserved';
  defer = undefined;
});

function call(key: string, principal: Principal, given: object = {}): Promise<Response> {
  const orders = createOrderStore(tables.client, TABLES.orders);
  const routes = {
    ...readOrdersRoutes({ orders }),
    ...adminOrdersRoutes({ orders, trail: witness.trail }),
    ...placeOrderRoutes({
      orders,
      inventory: { reserve: () => reserve() },
      ...(defer === undefined ? {} : { defer: { defer } }),
      clock: () => NOW + count++,
      randomBytes: (size) => new Uint8Array(size),
      trailgate: witness,
    }),
  };
  return createRouter(routes, witness)(request(key, { principal, ...given }));
}

const place = (principal: Principal, body: object = { sku: 'TEA', quantity: 2 }): Promise<Response> =>
  call('POST /orders', principal, { body });
const show = (principal: Principal, id: string): Promise<Response> =>
  call('GET /orders/{id}', principal, { path: { id } });
const newestOf = async (principal: Principal): Promise<unknown> => {
  const { body } = await call('GET /orders', principal);
  return (body.orders as readonly unknown[])[0];
};

describe('placing an order', () => {
  test('that the inventory can hold is 201, counted, and shown to its owner', async () => {
    const response = await place(ANNA);
    const id = String(response.body.id);
    expect(response).toMatchObject({
      status: 201,
      headers: { location: `/orders/${id}` },
      body: { sku: 'TEA', quantity: 2, status: 'placed', user: 'anna', tenant: 'acme' },
    });
    expect(witness.told.counts).toEqual({ Orders: 1 });
    expect(await show(ANNA, id)).toEqual({ status: 200, body: response.body });
    expect(await newestOf(ANNA)).toEqual(response.body);
  });

  test('that is out of stock is 409 and not counted', async () => {
    reserve = async () => 'out-of-stock';
    expect((await place(ANNA)).status).toBe(409);
    expect(witness.told.counts).toEqual({});
    expect(await newestOf(ANNA)).toMatchObject({ status: 'rejected' });
  });

  test('of an unknown article is 400 and names the field', async () => {
    reserve = async () => 'unknown-sku';
    expect((await place(ANNA)).body.errors).toMatchObject([{ field: 'sku' }]);
  });

  test('stays pending when nobody knows whether the inventory holds it', async () => {
    reserve = () => Promise.reject(new InventoryUnavailableError('no answer'));
    expect((await place(ANNA)).status).toBe(503);
    expect(await newestOf(ANNA)).toMatchObject({ status: 'pending' });
    expect(witness.told.log.map(([level]) => level)).toEqual(['error']);
  });

  test.each([
    { sku: 'TEA' },
    { sku: 'TEA', quantity: 0 },
    { sku: "'; DROP", quantity: 1 },
    { sku: 'TEA', quantity: 1, price: 0 },
  ])('of another shape is 400 and a trail event: %j', async (body) => {
    expect((await place(ANNA, body)).status).toBe(400);
    expect(witness.told.trail.map(([action]) => action)).toEqual(['inputRejected']);
  });
});

describe('putting an order off', () => {
  const silent = () => Promise.reject(new InventoryUnavailableError('no answer'));
  const later = { prefer: 'wait=10, Respond-Async' };
  const kept: unknown[] = [];
  beforeEach(() => {
    kept.length = 0;
    defer = async (order) => void kept.push(order);
  });

  test('when the inventory is silent: 202, pending at its address, and on the queue for its owner', async () => {
    reserve = silent;
    const response = await place(ANNA);
    const id = String(response.body.id);
    expect(response).toMatchObject({
      status: 202,
      headers: { location: `/orders/${id}` },
      body: { sku: 'TEA', quantity: 2, status: 'pending' },
    });
    expect(response.headers).not.toHaveProperty('preference-applied');
    expect(kept).toEqual([{ order: id, tenant: 'acme', user: 'anna' }]);
    expect(await show(ANNA, id)).toEqual({ status: 200, body: response.body });
    expect(witness.told.counts).toEqual({});
  });

  test('when the client would rather not wait: the inventory is not asked', async () => {
    reserve = () => expect.unreachable();
    const body = { sku: 'TEA', quantity: 2 };
    const response = await call('POST /orders', ANNA, { body, headers: later });
    expect(response).toMatchObject({ status: 202, headers: { 'preference-applied': 'respond-async' } });
    expect(kept).toHaveLength(1);
  });

  test('is a preference: without a queue the answer is the usual one', async () => {
    defer = undefined;
    const body = { sku: 'TEA', quantity: 2 };
    expect(await call('POST /orders', ANNA, { body, headers: later })).toMatchObject({ status: 201 });
  });

  test('that the queue does not take is 503, as if there were none', async () => {
    reserve = silent;
    defer = () => Promise.reject(new Error('no queue'));
    expect((await place(ANNA)).status).toBe(503);
    expect(witness.told.log.map(([level]) => level)).toEqual(['error', 'error']);
  });

  test('is no way around what an order looks like', async () => {
    const given = { body: { sku: 'TEA', quantity: 0 }, headers: later };
    expect((await call('POST /orders', ANNA, given)).status).toBe(400);
    expect(kept).toEqual([]);
  });
});

describe('somebody else’s order', () => {
  test('answers as none at all, and only the trail knows', async () => {
    const id = String((await place(ANNA)).body.id);
    const none = orderId(NOW - 1, (size) => new Uint8Array(size));
    witness = createWitness();
    const theirs = await show(BEN, id);
    expect(witness.told.trail).toEqual([['denied', { target: `order:${id}`, reason: 'not_owner' }]]);
    witness = createWitness();
    expect(await show(BEN, none)).toEqual(theirs);
    expect(theirs.status).toBe(404);
    expect(witness.told.trail).toEqual([]);
  });

  test('is not shown to an admin’s own list or to another tenant’s admin', async () => {
    const id = String((await place(ANNA)).body.id);
    const stranger = { ...ADA_ADMIN, tenant: 'zeta' };
    expect((await show(stranger, id)).status).toBe(404);
    expect((await call('GET /admin/orders', stranger)).body).toEqual({ orders: [] });
  });
});

describe('the admin’s list', () => {
  test('shows the tenant’s orders, and that it was read is a trail event', async () => {
    const { body } = await place(BEN);
    witness = createWitness();
    const response = await call('GET /admin/orders', ADA_ADMIN);
    expect(response.body.orders).toContainEqual(body);
    expect(witness.told.trail).toEqual([['adminAction', { target: 'GET /admin/orders' }]]);
  });

  test('is denied to everybody else, even behind an authorizer that let them through', async () => {
    expect((await call('GET /admin/orders', ANNA)).status).toBe(403);
    expect(witness.told.trail).toEqual([
      ['denied', { target: 'GET /admin/orders', reason: 'missing_role_admin' }],
    ]);
  });
});
