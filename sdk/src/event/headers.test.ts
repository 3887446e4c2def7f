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

describe('headers of clients', () => {
  test('a traceparent that came twice stays two', () => {
    const event = { ...REST, headers: { TraceParent: 'b' }, multiValueHeaders: { TraceParent: ['a', 'b'] } };
    expect(readRequest(event).headers).toEqual({ traceparent: 'a,b' });
    const cases = { ...REST, headers: { TraceParent: 'a', traceparent: 'b' }, multiValueHeaders: null };
    expect(readRequest(cases).headers).toEqual({ traceparent: 'a,b' });
  });

  test('all names are read in any case', () => {
    const headers = {
      TRACEPARENT: 'a',
      TraceState: 'b',
      BAGGAGE: 'c',
      'X-Datadog-Trace-Id': '1',
      'X-DATADOG-PARENT-ID': '2',
      'x-datadog-tags': 'd',
      'Call-Chain-Length': '3',
      'X-Correlation-User-Id': 'u',
      'X-Correlations': 'no',
      'trace-parent': 'no',
    };
    expect(readRequest({ ...HTTP, headers }).headers).toEqual({
      traceparent: 'a',
      tracestate: 'b',
      baggage: 'c',
      'x-datadog-trace-id': '1',
      'x-datadog-parent-id': '2',
      'x-datadog-tags': 'd',
      'call-chain-length': '3',
      'x-correlation-user-id': 'u',
    });
  });

  test('a client cannot ask for its request to be kept, unless it is trusted', () => {
    const headers = { 'Debug-Log-Enabled': 'true', 'x-datadog-sampling-priority': '2' };
    expect(readRequest({ ...HTTP, headers }).headers).toEqual({});
    expect(readRequest({ ...HTTP, headers }, undefined, true).headers).toEqual({
      'debug-log-enabled': 'true',
      'x-datadog-sampling-priority': '2',
    });
  });
});
