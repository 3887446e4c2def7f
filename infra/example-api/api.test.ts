import { expect, test } from 'vitest';
import { API_ROUTES, findRoute, routeClass, routeKey } from './api.ts';
import { inventoryRoutes } from './inventory/routes.ts';
import { ordersRoutes } from './orders/routes.ts';
import { createWitness } from './testing/witness.ts';

const unused = (): never => {
  throw new Error('not called');
};

test('each function handles exactly the routes that the API gives it', () => {
  const handled = {
    orders: ordersRoutes({
      users: { find: unused },
      orders: {
        add: unused,
        settle: unused,
        find: unused,
        exists: unused,
        ofOwner: unused,
        ofTenant: unused,
      },
      tokens: { issue: unused },
      inventory: { reserve: unused },
      clock: unused,
      randomBytes: unused,
      trailgate: createWitness(),
    }),
    inventory: inventoryRoutes({ stock: { stock: unused, reserve: unused }, clock: unused }),
  };
  for (const name of ['orders', 'inventory'] as const) {
    const declared = API_ROUTES.filter((route) => route.function === name);
    expect(Object.keys(handled[name]).sort()).toEqual(
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
