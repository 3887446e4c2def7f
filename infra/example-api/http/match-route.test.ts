import { describe, expect, test } from 'vitest';
import { matchRoute, type RouteTemplate } from './match-route.ts';

const route = (method: string, resource: string): RouteTemplate => ({ method, resource });
const routes = [route('GET', '/orders/{id}'), route('GET', '/orders/summary'), route('POST', '/orders')];

describe('matchRoute', () => {
  test('fills parameters as they stand in the path', () => {
    expect(matchRoute(routes, 'GET', '/orders/a%20b')?.pathParameters).toEqual({ id: 'a%20b' });
  });
  test('prefers a literal segment to a parameter, whatever the order', () => {
    expect(matchRoute(routes, 'GET', '/orders/summary')?.route.resource).toBe('/orders/summary');
  });
  test('knows no other method, no other depth and no empty parameter', () => {
    expect(matchRoute(routes, 'DELETE', '/orders/1')).toBeUndefined();
    expect(matchRoute(routes, 'GET', '/orders/1/lines')).toBeUndefined();
    expect(matchRoute(routes, 'GET', '/orders/')).toBeUndefined();
  });
});
