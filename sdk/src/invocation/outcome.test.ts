import { describe, expect, test } from 'vitest';
import type { Request } from '../event/request.ts';
import { returnedOutcome, thrownOutcome } from './outcome.ts';
import { withCorrelationHeader } from './response-header.ts';

function request(kind: Request['kind']): Request {
  return { kind, route: 'GET /a', identity: {}, headers: {} };
}

function policy(...effects: string[]): unknown {
  return { principalId: 'ann', policyDocument: { Statement: effects.map((Effect) => ({ Effect })) } };
}

describe('outcome', () => {
  test.each([
    ['rest', { statusCode: 404 }, 404, false],
    ['rest', { statusCode: '201' }, 201, false],
    ['rest', { statusCode: 503 }, 503, true],
    ['rest', undefined, 502, true],
    ['http', { ok: true }, 200, false],
    ['http', { statusCode: 500 }, 500, true],
    ['authorizer', policy('Allow'), 200, false],
    ['authorizer', policy('Deny'), 403, false],
    ['authorizer', { isAuthorized: true }, 200, false],
    ['authorizer', { isAuthorized: false }, 403, false],
    ['authorizer', undefined, 403, false],
    ['other', undefined, 200, false],
  ] as const)('%s handler that returns %j counts as %i', (kind, result, status, failed) => {
    expect(returnedOutcome(request(kind), result)).toEqual({ status, failed });
  });

  test('an authorizer that throws Unauthorized refuses and does not fail', () => {
    expect(thrownOutcome(request('authorizer'), new Error('Unauthorized'))).toEqual({
      status: 401,
      failed: false,
    });
    expect(thrownOutcome(request('authorizer'), 'Unauthorized')).toEqual({ status: 401, failed: false });
  });

  test('everything else that is thrown is a failure', () => {
    const error = new Error('Unauthorized');
    expect(thrownOutcome(request('rest'), error)).toEqual({ status: 500, failed: true, thrown: error });
    expect(thrownOutcome(request('authorizer'), undefined)).toMatchObject({ status: 500, failed: true });
  });
});

describe('correlation header', () => {
  test('is added on a copy', () => {
    const result = Object.freeze({ statusCode: 200, headers: Object.freeze({ a: '1' }), body: 'x' });
    expect(withCorrelationHeader(result, 'c-1')).toEqual({
      statusCode: 200,
      headers: { a: '1', 'x-correlation-id': 'c-1' },
      body: 'x',
    });
    expect(result.headers).toEqual({ a: '1' });
  });

  class Answer {
    readonly statusCode = 200;
  }

  test.each([
    [undefined],
    ['text'],
    [[1]],
    [{ ok: true }],
    [{ statusCode: 200, headers: { 'X-Correlation-ID': 'mine' } }],
    [{ statusCode: 200, multiValueHeaders: { 'x-correlation-id': ['mine'] } }],
    [{ statusCode: 200, headers: 'nonsense' }],
    [new Answer()],
  ])('%j is given back as it is', (result) => {
    expect(withCorrelationHeader(result, 'c-1')).toBe(result);
  });
});
