import { expect, test } from 'vitest';
import { ANNA } from '../testing/requests.ts';
import { createWitness } from '../testing/witness.ts';
import { policyAnswer, simpleAnswer, testify } from './answer.ts';
import type { Authorization } from './authorize.ts';

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/orders';

function ports() {
  const identities: unknown[] = [];
  return {
    ...createWitness(),
    identities,
    setIdentity: (identity: object) => void identities.push(identity),
  };
}

function answer(authorization: Authorization, arn: string, told: ReturnType<typeof ports>) {
  testify(authorization, told);
  return policyAnswer(authorization, arn);
}

test('allows exactly the method that was asked for, with a context that the functions trust', () => {
  const told = ports();
  expect(answer({ is: 'allowed', principal: { ...ANNA, roles: ['admin', 'support'] } }, ARN, told)).toEqual({
    principalId: 'anna',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: ARN }],
    },
    context: { user: 'anna', tenant: 'acme', roles: 'admin,support' },
  });
  expect(told.identities).toEqual([{ user: 'anna', tenant: 'acme', roles: ['admin', 'support'] }]);
  expect(told.told.trail).toEqual([]);
});

test('a denial is a policy and a trail event of the caller', () => {
  const told = ports();
  const denied = {
    is: 'denied',
    principal: ANNA,
    target: 'GET /admin/orders',
    reason: 'missing_role_admin',
  } as const;
  expect(answer(denied, ARN, told).policyDocument.Statement[0]?.Effect).toBe('Deny');
  expect(told.identities).toHaveLength(1);
  expect(told.told.trail).toEqual([
    ['denied', { target: 'GET /admin/orders', reason: 'missing_role_admin' }],
  ]);
});

test('a bad token is the one error that the gateway answers with 401, and a trail event of nobody', () => {
  const told = ports();
  expect(() => answer({ is: 'unauthorized', reason: 'expired' }, ARN, told)).toThrow(/^Unauthorized$/);
  expect(told.told.trail).toEqual([['tokenRejected', { reason: 'expired' }]]);
  expect(told.identities).toEqual([]);
});

test('an HTTP API is told yes with a context, or no', () => {
  expect(simpleAnswer({ is: 'allowed', principal: ANNA })).toEqual({
    isAuthorized: true,
    context: { user: 'anna', tenant: 'acme', roles: '' },
  });
  expect(simpleAnswer({ is: 'denied', principal: ANNA, target: 'GET /x', reason: 'unknown_route' })).toEqual({
    isAuthorized: false,
  });
  expect(simpleAnswer({ is: 'unauthorized', reason: 'expired' })).toEqual({ isAuthorized: false });
});
