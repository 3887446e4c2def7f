import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequest } from './request.ts';

const REST = {
  resource: '/orders/{id}',
  path: '/orders/17',
  httpMethod: 'GET',
  headers: { 'X-Correlation-ID': 'c-1', 'X-Forwarded-For': '6.6.6.6', user: 'mallory', tenant: 'evil' },
  requestContext: {
    identity: { sourceIp: '192.0.2.7' },
    authorizer: { user: 'ann', tenant: 'acme', roles: 'admin, buyer', principalId: 'p' },
  },
};

describe('request', () => {
  test('of REST APIs: identity and address come from the gateway only', () => {
    expect(readRequest(REST)).toEqual({
      kind: 'rest',
      route: 'GET /orders/{id}',
      method: 'GET',
      path: '/orders/17',
      ip: '192.0.2.7',
      identity: { user: 'ann', tenant: 'acme', roles: ['admin', 'buyer'] },
      headers: { 'x-correlation-id': 'c-1' },
    });
  });

  test('without an authorizer nobody is known, whatever the headers say', () => {
    const anonymous = { ...REST, requestContext: { identity: { sourceIp: '192.0.2.7' } } };
    expect(readRequest(anonymous).identity).toEqual({});
  });

  test('of HTTP APIs', () => {
    const event = {
      version: '2.0',
      routeKey: 'POST /orders',
      rawPath: '/orders',
      headers: { traceparent: 'tp', tracestate: 'a=1' },
      requestContext: {
        http: { method: 'POST', sourceIp: '2001:db8::1' },
        authorizer: { lambda: { principalId: 'bob' }, user: 'mallory' },
      },
    };
    expect(readRequest(event)).toEqual({
      kind: 'http',
      route: 'POST /orders',
      method: 'POST',
      path: '/orders',
      ip: '2001:db8::1',
      identity: { user: 'bob' },
      headers: { traceparent: 'tp', tracestate: 'a=1' },
    });
  });

  test('a traceparent that came twice stays two', () => {
    const event = { ...REST, headers: { traceparent: 'b' }, multiValueHeaders: { TraceParent: ['a', 'b'] } };
    expect(readRequest(event).headers).toEqual({ traceparent: 'a,b' });
  });

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
      'GET /orders/17',
      undefined,
    ],
    [
      { type: 'TOKEN', methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET' },
      'GET /',
      undefined,
    ],
    [{ type: 'TOKEN', methodArn: 12 }, 'authorizer', undefined],
  ])('an authorizer is counted under the route that it authorises (%#)', (event, route, ip) => {
    const request = readRequest(event);
    expect([request.kind, request.route, request.ip, request.identity]).toEqual([
      'authorizer',
      route,
      ip,
      {},
    ]);
  });

  test.each([
    [{ Records: [{ eventSource: 'aws:sqs' }] }, 'aws:sqs'],
    [{ Records: [{ EventSource: 'aws:sns' }] }, 'aws:sns'],
    [{ source: 'aws.events', 'detail-type': 'Scheduled Event' }, 'aws.events'],
    [{ awslogs: { data: '' } }, 'aws:logs'],
    [{ anything: 1 }, 'direct'],
    [null, 'direct'],
    [
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          },
        },
      ),
      'unknown',
    ],
  ])('other events are counted by their source (%#)', (event, route) => {
    expect(readRequest(event)).toEqual({ kind: 'other', route, identity: {}, headers: {} });
  });

  test('no event whatever makes it throw or answer without bounds', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true });
    const event = fc.record(
      {
        version: fc.constantFrom('2.0', '1.0'),
        routeKey: anything,
        httpMethod: fc.oneof(anything, fc.string()),
        resource: fc.oneof(anything, fc.string({ maxLength: 2000, minLength: 500 })),
        type: fc.constantFrom('REQUEST', 'TOKEN', 'x'),
        headers: anything,
        requestContext: fc.oneof(
          anything,
          fc.record({ authorizer: anything, identity: anything, http: anything }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(event, (value) => readRequest(value).route.length <= 280));
  });
});
