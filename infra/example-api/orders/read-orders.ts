/** The reading routes of function `orders`: one's own, and the whole tenant's for its admins. */
import type { Trailgate } from '@trailgate/sdk';
import { routeKey } from '../api.ts';
import { readPathParameter } from '../http/input.ts';
import { DeniedProblem, Problem } from '../http/problem.ts';
import type { Route } from '../http/router.ts';
import { requirePrincipal, requireRole } from '../identity/authorization.ts';
import { OrderIdSchema } from '../shop/order-id.ts';
import type { OrderStore } from './order-store.ts';

export interface ReadOrdersPorts {
  readonly orders: Pick<OrderStore, 'find' | 'exists' | 'ofOwner'>;
}

export interface AdminOrdersPorts {
  readonly orders: Pick<OrderStore, 'ofTenant'>;
  readonly trail: Pick<Trailgate['trail'], 'adminAction'>;
}

export function listOrders({ orders }: ReadOrdersPorts): Route {
  return async (request) => {
    const principal = requirePrincipal(request);
    return { status: 200, body: { orders: await orders.ofOwner(principal) } };
  };
}

/** Somebody else's order answers as one that does not exist; only the trail knows the difference. */
export function showOrder({ orders }: ReadOrdersPorts): Route {
  return async (request) => {
    const principal = requirePrincipal(request);
    const id = readPathParameter(request, 'id', OrderIdSchema);
    const order = await orders.find(principal, id);
    if (order !== undefined) return { status: 200, body: order };
    const missing = 'There is no such order.';
    if (!(await orders.exists(id))) throw new Problem(404, missing);
    throw new DeniedProblem(404, missing, { target: `order:${id}`, reason: 'not_owner' });
  };
}

export function listAllOrders({ orders, trail }: AdminOrdersPorts): Route {
  return async (request) => {
    const { tenant } = requireRole(request, 'admin');
    trail.adminAction({ target: routeKey(request.method, request.resource) });
    return { status: 200, body: { orders: await orders.ofTenant(tenant) } };
  };
}
