import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { templatedRoute } from './path-template.ts';

describe('route made of a path', () => {
  test.each([
    ['GET', '/', 'GET /'],
    ['GET', undefined, 'GET /'],
    ['GET', '/orders', 'GET /orders'],
    ['GET', '/orders/', 'GET /orders/'],
    ['GET', '/v1/orders/17', 'GET /v1/orders/{id}'],
    ['GET', '/v1.2/oauth2/token', 'GET /v1.2/oauth2/token'],
    ['GET', '/users/2f1c9b5e-0b7a-4c1e-8f7c-3b1d6f0a9e11/orders', 'GET /users/{id}/orders'],
    ['GET', '/blobs/deadbeefcafe', 'GET /blobs/{id}'],
    ['GET', '/orders/order-1734', 'GET /orders/{id}'],
    ['GET', '/u/ann%40acme.example', 'GET /u/{id}'],
    ['GET', `/x/${'y'.repeat(33)}`, 'GET /x/{id}'],
    ['GET', '/a/b/c/d/e/f/g/h/i/j/k', 'GET /a/b/c/d/e/f/g/h/{rest}'],
    ['GET', '/orders?token=1#x', 'GET /orders'],
    ['PROPFIND', '/orders', 'OTHER /orders'],
    [undefined, '/orders', 'ANY /orders'],
  ])('%s %s: %s', (method, path, route) => {
    expect(templatedRoute(method, path)).toBe(route);
  });

  test('is short, and the same for any number in a place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.nat(), (path, number) => {
        expect(templatedRoute('GET', path).length).toBeLessThanOrEqual(256);
        expect(templatedRoute('GET', `/a/${number}`)).toBe('GET /a/{id}');
      }),
    );
  });
});
