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

const HTTP = {
  version: '2.0',
  routeKey: 'POST /orders',
  rawPath: '/orders',
  headers: {},
  requestContext: { http: { method: 'POST', sourceIp: '2001:db8::1' } },
};

const RESOLVER = {
  request: { headers: {} },
  info: { fieldName: 'getOrder', parentTypeName: 'Query', selectionSetGraphQL: '{ id }' },
};

describe('identity', () => {
  test('without an authorizer nobody is known, whatever the headers say', () => {
    const anonymous = { ...REST, requestContext: { identity: { sourceIp: '192.0.2.7' } } };
    expect(readRequest(anonymous).identity).toEqual({});
  });

  test.each([
    [
      { claims: { sub: 'u-1', 'cognito:groups': 'a,b', 'custom:tenant': 'evil' } },
      {},
      { user: 'u-1', roles: ['a', 'b'] },
    ],
    [{ user: '', principalId: 'bob' }, {}, { user: 'bob' }],
    [
      null,
      { userArn: 'arn:aws:iam::1:user/ann', cognitoIdentityId: null },
      { user: 'arn:aws:iam::1:user/ann' },
    ],
    [
      null,
      { userArn: 'arn:aws:sts::1:assumed-role/all/C', cognitoIdentityId: 'eu-west-1:12' },
      { user: 'eu-west-1:12' },
    ],
    [{ user: 12, tenant: {}, roles: [1, ' a ', ''] }, {}, { roles: ['a'] }],
    [{ user: 'u'.repeat(400) }, {}, { user: 'u'.repeat(256) }],
  ])('REST APIs vouch with %j and %j', (authorizer, identity, expected) => {
    expect(readRequest({ ...REST, requestContext: { authorizer, identity } }).identity).toEqual(expected);
  });

  test('HTTP APIs vouch with what their Lambda authorizer returned, and with nothing beside it', () => {
    const authorizer = { lambda: { principalId: 'bob', roles: ['a'] }, user: 'mallory' };
    const event = { ...HTTP, requestContext: { ...HTTP.requestContext, authorizer } };
    expect(readRequest(event).identity).toEqual({ user: 'bob', roles: ['a'] });
  });

  test('the platform names the tenant of functions with tenant isolation, unless an authorizer does', () => {
    expect(readRequest({}, { tenantId: 'blue' }).identity).toEqual({ tenant: 'blue' });
    expect(readRequest(REST, { tenantId: 'blue' }).identity.tenant).toBe('acme');
  });

  test.each([
    [
      { resolverContext: { user: 'ann', tenant: 'acme', roles: 'admin' } },
      { user: 'ann', tenant: 'acme', roles: ['admin'] },
    ],
    [
      {
        cognitoIdentityId: 'eu-west-1:1234',
        userArn: 'arn:aws:sts::1:assumed-role/all/CognitoIdentityCredentials',
      },
      { user: 'eu-west-1:1234' },
    ],
    [{ cognitoIdentityId: null, userArn: 'arn:aws:iam::1:user/ann' }, { user: 'arn:aws:iam::1:user/ann' }],
    [
      { sub: 'u-2', claims: { 'cognito:groups': ['a', 'b'] } },
      { user: 'u-2', roles: ['a', 'b'] },
    ],
    [null, {}],
  ])('AppSync vouches for %j', (identity, expected) => {
    expect(readRequest({ ...RESOLVER, identity }).identity).toEqual(expected);
  });
});
