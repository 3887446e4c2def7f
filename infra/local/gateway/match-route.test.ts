import { describe, expect, test } from 'vitest';
import { type GatewayRoute, matchRoute } from './match-route.ts';

const route = (method: string, resource: string): GatewayRoute => ({
  method,
  resource,
  function: 'orders',
  authorizer: false,
});
const routes = [route('GET', '/orders/{id}'), route('GET', '/orders/summary'), route('POST', '/orders')];

describe('matchRoute', () => {
  test('fills parameters, percent-decoded', () => {
    expect(matchRoute(routes, 'GET', '/orders/a%20b')?.pathParameters).toEqual({ id: 'a b' });
  });
  test('prefers a literal segment to a parameter, whatever the order', () => {
    expect(matchRoute(routes, 'GET', '/orders/summary')?.route.resource).toBe('/orders/summary');
  });
  test('knows no other method, no other depth and no empty parameter', () => {
    expect(matchRoute(routes, 'DELETE', '/orders/1')).toBeUndefined();
    expect(matchRoute(routes, 'GET', '/orders/1/lines')).toBeUndefined();
    expect(matchRoute(routes, 'GET', '/orders/')).toBeUndefined();
  });
  test('keeps a segment that is not valid percent-encoding', () => {
    expect(matchRoute(routes, 'GET', '/orders/%zz')?.pathParameters).toEqual({ id: '%zz' });
  });
});
