import { describe, expect, test } from 'vitest';
import { readRequest } from './request.ts';

const REST = {
  resource: '/orders/{id}',
  path: '/orders/17',
  httpMethod: 'GET',
  headers: { 'X-Correlation-ID': 'c-1', user: 'mallory', tenant: 'evil' },
  requestContext: {
    identity: { sourceIp: '192.0.2.7', userArn: null, cognitoIdentityId: null },
    authorizer: { user: 'ann', tenant: 'acme', roles: 'admin, buyer', principalId: 'p' },
  },
};

describe('authorizers', () => {
  test.each([
    [{ type: 'REQUEST', ...REST }, 'GET /orders/{id}', '192.0.2.7'],
    [
      {
        type: 'REQUEST',
        version: '2.0',
        routeKey: 'GET /x',
        requestContext: { http: { sourceIp: '192.0.2.8' } },
      },
      'GET /x',
      '192.0.2.8',
    ],
    [
      { type: 'TOKEN', methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/orders/17' },
      'GET /orders/{id}',
      undefined,
    ],
    [
      { type: 'TOKEN', methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET' },
      'GET /',
      undefined,
    ],
    [{ type: 'TOKEN', methodArn: 12 }, 'authorizer', undefined],
    [
      {
        authorizationToken: 't',
        requestHeaders: { 'x-correlation-id': 'c' },
        requestContext: { apiId: 'a', queryString: 'query evil' },
      },
      'authorizer',
      undefined,
    ],
  ])('are counted under the route that they authorise (%#)', (event, route, ip) => {
    const request = readRequest(event);
    expect([request.kind, request.route, request.ip, request.identity]).toEqual([
      'authorizer',
      route,
      ip,
      {},
    ]);
  });

  test('correlate as the request that they decide on', () => {
    expect(readRequest({ type: 'REQUEST', ...REST }).headers).toEqual(readRequest(REST).headers);
    const appSync = { authorizationToken: 't', requestHeaders: { 'X-Correlation-Id': 'c' } };
    expect(readRequest(appSync).headers).toEqual({ 'x-correlation-id': 'c' });
  });
});
