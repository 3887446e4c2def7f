import { expect, test } from 'vitest';
import { API_ROUTES, findRoute, type RouteGroupName, routeClass, routeKey } from './api.ts';
import type { Routes } from './http/router.ts';
import { readInventoryRoutes, reserveRoutes } from './inventory/routes.ts';
import { adminOrdersRoutes, loginRoutes, placeOrderRoutes, readOrdersRoutes } from './orders/routes.ts';
import { createWitness } from './testing/witness.ts';

const unused = (): never => {
  throw new Error('not called');
};

test('each group handles exactly the routes that the API gives it', () => {
  const witness = createWitness();
  const { trail } = witness;
  const handled: Readonly<Record<RouteGroupName, Routes>> = {
    login: loginRoutes({ users: { find: unused }, tokens: { issue: unused }, clock: unused, trail }),
    'read-orders': readOrdersRoutes({ orders: { find: unused, exists: unused, ofOwner: unused } }),
    'place-order': placeOrderRoutes({
      orders: { add: unused, settle: unused },
      inventory: { reserve: unused },
      clock: unused,
      randomBytes: unused,
      trailgate: witness,
    }),
    'admin-orders': adminOrdersRoutes({ orders: { ofTenant: unused }, trail }),
    'read-inventory': readInventoryRoutes({ stock: { stock: unused } }),
    reserve: reserveRoutes({ stock: { reserve: unused }, clock: unused }),
  };
  for (const [name, routes] of Object.entries(handled)) {
    const declared = API_ROUTES.filter(({ group }) => group === name);
    expect(Object.keys(routes).sort()).toEqual(
      declared.map(({ method, resource }) => routeKey(method, resource)).sort(),
    );
  }
});

test('only the login is open', () => {
  expect(API_ROUTES.filter(({ authorizer }) => !authorizer).map(({ resource }) => resource)).toEqual([
    '/login',
  ]);
});

test('logins and admin routes have caps of their own', () => {
  expect(routeClass('POST /login')).toBe('auth');
  expect(routeClass('GET /admin/orders')).toBe('admin');
  expect(routeClass('GET /orders/{id}')).toBe('default');
  expect(routeClass('GET /nowhere')).toBe('default');
  expect(findRoute('GET /nowhere')).toBeUndefined();
});
