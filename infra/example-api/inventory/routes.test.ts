import { describe, expect, test } from 'vitest';
import type { Request } from '../http/request.ts';
import { createRouter } from '../http/router.ts';
import { orderId } from '../shop/order-id.ts';
import { ANNA, request, SERVICE } from '../testing/requests.ts';
import { createWitness } from '../testing/witness.ts';
import { readInventoryRoutes, reserveRoutes } from './routes.ts';
import type { ReservationOutcome } from './stock-store.ts';

const ORDER = orderId(1_800_000_000_000, () => new Uint8Array(10));
const RESERVE = 'POST /inventory/{sku}/reservations';
const path = { sku: 'TEA' };

function shop(outcome: ReservationOutcome = { is: 'reserved', stock: 4 }) {
  const witness = createWitness();
  const asked: unknown[] = [];
  const stock = {
    stock: async (sku: string) => (sku === 'TEA' ? 5 : undefined),
    reserve: async (...args: unknown[]) => {
      asked.push(args);
      return outcome;
    },
  };
  const router = createRouter(
    { ...readInventoryRoutes({ stock }), ...reserveRoutes({ stock, clock: () => 7 }) },
    witness,
  );
  return { witness, asked, call: (given: Request) => router(given) };
}

describe('GET /inventory/{sku}', () => {
  test('shows the stock', async () => {
    const { call } = shop();
    expect(await call(request('GET /inventory/{sku}', { principal: ANNA, path }))).toEqual({
      status: 200,
      body: { sku: 'TEA', stock: 5 },
    });
    const unknown = { principal: ANNA, path: { sku: 'NONE' } };
    expect((await call(request('GET /inventory/{sku}', unknown))).status).toBe(404);
  });

  test('shows nothing to who has no identity', async () => {
    expect((await shop().call(request('GET /inventory/{sku}', { path }))).status).toBe(401);
  });
});

describe('POST reservations', () => {
  const body = { orderId: ORDER, quantity: 1 };

  test.each([
    [{ is: 'reserved', stock: 4 }, 201],
    [{ is: 'already', stock: 4 }, 200],
    [{ is: 'out-of-stock', stock: 0 }, 409],
    [{ is: 'unknown-sku' }, 404],
  ] as const)('%j is %i', async (outcome, status) => {
    const { call, asked } = shop(outcome);
    expect((await call(request(RESERVE, { principal: SERVICE, path, body }))).status).toBe(status);
    expect(asked).toEqual([[{ sku: 'TEA', ...body }, 7]]);
  });

  test('is for services: who is none is denied, and the trail says so', async () => {
    const { call, asked, witness } = shop();
    expect((await call(request(RESERVE, { principal: ANNA, path, body }))).status).toBe(403);
    expect(asked).toEqual([]);
    expect(witness.told.trail).toEqual([['denied', { target: RESERVE, reason: 'missing_role_service' }]]);
  });

  test.each([{ quantity: 0 }, { quantity: -5 }, { quantity: 1.5 }, { quantity: 101 }, { orderId: 'mine' }])(
    '%j is refused before the stock is asked',
    async (wrong) => {
      const { call, asked } = shop();
      const given = { principal: SERVICE, path, body: { ...body, ...wrong } };
      expect((await call(request(RESERVE, given))).status).toBe(400);
      expect(asked).toEqual([]);
    },
  );
});
