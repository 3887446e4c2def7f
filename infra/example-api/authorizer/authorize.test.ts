import { describe, expect, test } from 'vitest';
import type { TokenVerifier } from '../identity/token-verifier.ts';
import { ADA_ADMIN, ANNA, SERVICE } from '../testing/requests.ts';
import { type Authorization, authorize } from './authorize.ts';

const PRINCIPALS = { anna: ANNA, ada: ADA_ADMIN, service: SERVICE };

/** Stands for the checks of a signature, which have tests of their own: a token is its principal's name. */
const verifier: TokenVerifier = {
  verify: (token) => {
    const principal = Object.entries(PRINCIPALS).find(([name]) => name === token)?.[1];
    return principal === undefined ? { valid: false, reason: 'bad_signature' } : { valid: true, principal };
  },
};

function ask(key: string, headers: Record<string, string> | null, path = '/x'): Authorization {
  const [method = '', resource = ''] = key.split(' ');
  const methodArn = `arn:aws:execute-api:eu-west-1:123456789012:abc/prod/${method}${path}`;
  return authorize({ method, resource, methodArn, headers }, verifier);
}

test.each(['Authorization', 'authorization', 'AUTHORIZATION'])('a token is read from header %s', (name) => {
  expect(ask('GET /orders', { [name]: 'Bearer anna' })).toEqual({ is: 'allowed', principal: ANNA });
});

describe('no identity without a good bearer token', () => {
  test.each([
    [null, 'missing'],
    [{}, 'missing'],
    [{ user: 'anna', tenant: 'acme' }, 'missing'],
    [{ authorization: '' }, 'malformed'],
    [{ authorization: 'anna' }, 'malformed'],
    [{ authorization: 'Basic anna' }, 'malformed'],
    [{ authorization: 'Bearer anna anna' }, 'malformed'],
    [{ authorization: `Bearer ${'x'.repeat(5_000)}` }, 'malformed'],
    [{ authorization: 'Bearer mallory' }, 'bad_signature'],
  ])('%j', (headers, reason) => {
    expect(ask('GET /orders', headers as Record<string, string> | null)).toEqual({
      is: 'unauthorized',
      reason,
    });
  });
});

describe('routes of a role', () => {
  test.each([
    ['GET /admin/orders', 'ada', 'allowed'],
    ['GET /admin/orders', 'anna', 'denied'],
    ['GET /admin/orders', 'service', 'denied'],
    ['POST /inventory/{sku}/reservations', 'service', 'allowed'],
    ['POST /inventory/{sku}/reservations', 'ada', 'denied'],
    ['GET /inventory/{sku}', 'anna', 'allowed'],
    ['DELETE /orders/{id}', 'ada', 'denied'],
  ])('%s by %s is %s', (key, name, is) => {
    expect(ask(key, { authorization: `Bearer ${name}` }).is).toBe(is);
  });

  test('a denial says what was wanted and what was missing', () => {
    expect(ask('GET /admin/orders', { authorization: 'Bearer anna' })).toEqual({
      is: 'denied',
      principal: ANNA,
      target: 'GET /admin/orders',
      reason: 'missing_role_admin',
    });
  });
});

test('a path cannot widen the policy', () => {
  expect(ask('GET /orders/{id}', { authorization: 'Bearer anna' }, '/orders/*')).toMatchObject({
    is: 'denied',
    reason: 'wildcard_in_path',
  });
});
