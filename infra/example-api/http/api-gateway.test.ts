import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { toRequest, toResult } from './api-gateway.ts';

function event(given: object): APIGatewayProxyEvent {
  return {
    httpMethod: 'POST',
    resource: '/orders/{id}',
    path: '/orders/7',
    headers: { user: 'mallory', tenant: 'acme', roles: 'admin' },
    pathParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { authorizer: null },
    ...given,
  } as unknown as APIGatewayProxyEvent;
}

test('reads method, resource, parameters and body', () => {
  expect(toRequest(event({ pathParameters: { id: '7' }, body: '{"a":1}' }))).toEqual({
    method: 'POST',
    resource: '/orders/{id}',
    pathParameters: { id: '7' },
    body: '{"a":1}',
    principal: undefined,
  });
});

test('decodes a base64 body', () => {
  const body = Buffer.from('{"a":"é"}').toString('base64');
  expect(toRequest(event({ body, isBase64Encoded: true })).body).toBe('{"a":"é"}');
});

test('identity comes from the authorizer and never from headers', () => {
  expect(toRequest(event({})).principal).toBeUndefined();
  const authorizer = { user: 'anna', tenant: 'acme', roles: 'admin,support', principalId: 'anna' };
  expect(toRequest(event({ requestContext: { authorizer } })).principal).toEqual({
    user: 'anna',
    tenant: 'acme',
    roles: ['admin', 'support'],
  });
});

test('answers as JSON that nobody caches', () => {
  expect(toResult({ status: 201, headers: { location: '/orders/7' }, body: { id: '7' } })).toEqual({
    statusCode: 201,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      location: '/orders/7',
    },
    body: '{"id":"7"}',
  });
});
