/** The routes of function `inventory`: what is in stock, and holding some of it for an order. */
import { strictObject } from 'valibot';
import { readBody, readPathParameter } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import type { Route } from '../http/router.ts';
import { requirePrincipal, requireRole } from '../identity/authorization.ts';
import { OrderIdSchema } from '../shop/order-id.ts';
import { QuantitySchema } from '../shop/quantity.ts';
import { SkuSchema } from '../shop/sku.ts';
import type { StockStore } from './stock-store.ts';

const ReservationSchema = strictObject({ orderId: OrderIdSchema, quantity: QuantitySchema });

export interface InventoryPorts {
  readonly stock: StockStore;
  /** Epoch ms. */
  readonly clock: () => number;
}

export function inventoryRoutes(ports: InventoryPorts): Readonly<Record<string, Route>> {
  return {
    'GET /inventory/{sku}': showStock(ports),
    'POST /inventory/{sku}/reservations': reserveStock(ports),
  };
}

function showStock({ stock }: InventoryPorts): Route {
  return async (request) => {
    requirePrincipal(request);
    const sku = readPathParameter(request, 'sku', SkuSchema);
    const left = await stock.stock(sku);
    if (left === undefined) throw unknownSku();
    return { status: 200, body: { sku, stock: left } };
  };
}

/** 201 the first time, 200 for the same order again. */
function reserveStock({ stock, clock }: InventoryPorts): Route {
  return async (request) => {
    requireRole(request, 'service');
    const sku = readPathParameter(request, 'sku', SkuSchema);
    const { orderId, quantity } = readBody(request, ReservationSchema);
    const outcome = await stock.reserve({ sku, orderId, quantity }, clock());
    switch (outcome.is) {
      case 'reserved':
        return { status: 201, body: { sku, orderId, stock: outcome.stock } };
      case 'already':
        return { status: 200, body: { sku, orderId, stock: outcome.stock } };
      case 'out-of-stock':
        throw new Problem(409, 'There is not enough in stock.');
      case 'unknown-sku':
        throw unknownSku();
    }
  };
}

function unknownSku(): Problem {
  return new Problem(404, 'There is no such article.');
}
