/** The routes of service `inventory`: what is in stock, and holding some of it for an order. */
import { strictObject } from 'valibot';
import { readBody, readPathParameter } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import type { Route, Routes } from '../http/router.ts';
import { requirePrincipal, requireRole } from '../identity/authorization.ts';
import { OrderIdSchema } from '../shop/order-id.ts';
import { QuantitySchema } from '../shop/quantity.ts';
import { SkuSchema } from '../shop/sku.ts';
import type { StockStore } from './stock-store.ts';

export const ReservationSchema = strictObject({ orderId: OrderIdSchema, quantity: QuantitySchema });

export interface ReadInventoryPorts {
  readonly stock: Pick<StockStore, 'stock'>;
}

export interface ReservePorts {
  readonly stock: Pick<StockStore, 'reserve'>;
  /** Epoch ms. */
  readonly clock: () => number;
}

export function readInventoryRoutes(ports: ReadInventoryPorts): Routes {
  return { 'GET /inventory/{sku}': showStock(ports) };
}

export function reserveRoutes(ports: ReservePorts): Routes {
  return { 'POST /inventory/{sku}/reservations': reserveStock(ports) };
}

function showStock({ stock }: ReadInventoryPorts): Route {
  return async (request) => {
    requirePrincipal(request);
    const sku = readPathParameter(request, 'sku', SkuSchema);
    const left = await stock.stock(sku);
    if (left === undefined) throw unknownSku();
    return { status: 200, body: { sku, stock: left } };
  };
}

/** 201 the first time, 200 for the same order again. */
function reserveStock({ stock, clock }: ReservePorts): Route {
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
