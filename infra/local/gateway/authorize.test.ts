import { describe, expect, test } from 'vitest';
import { readAuthorization } from './authorize.ts';

const arn = 'arn:aws:execute-api:us-east-1:000000000000:local/local/GET/orders';
const policy = (effect: string, resource: string | readonly string[]) => ({
  ok: true as const,
  result: {
    principalId: 'ann',
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect: effect, Resource: resource }] },
    context: { user: 'ann', tenant: 'acme' },
  },
});

describe('readAuthorization', () => {
  test('passes the context on with the principal', () => {
    expect(readAuthorization(policy('Allow', arn), arn)).toEqual({
      allowed: true,
      context: { user: 'ann', tenant: 'acme', principalId: 'ann' },
    });
  });
  test('a policy for another resource allows nothing', () => {
    const other = arn.replace('orders', 'admin');
    expect(readAuthorization(policy('Allow', other), arn)).toMatchObject({ response: { status: 403 } });
  });
  test('a wildcard covers, and dots are dots', () => {
    expect(readAuthorization(policy('Allow', [arn.replace('/orders', '/*')]), arn).allowed).toBe(true);
    expect(readAuthorization(policy('Deny', '*'), arn).allowed).toBe(false);
  });
  test('throwing Unauthorized is a 401, anything else a 500', () => {
    const thrown = (errorMessage: string) => ({
      ok: false as const,
      error: { errorType: 'Error', errorMessage, trace: [] },
    });
    expect(readAuthorization(thrown('Unauthorized'), arn)).toMatchObject({ response: { status: 401 } });
    expect(readAuthorization(thrown('boom'), arn)).toMatchObject({ response: { status: 500 } });
  });
});
