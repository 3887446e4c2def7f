import { describe, expect, test } from 'vitest';
import {
  HTTP_CLF,
  HTTP_CSV,
  httpAccessLog,
  NGINX,
  REST_CLF,
  REST_CSV,
  REST_XML,
  refusedAccessLog,
  restAccessLog,
  webSocketAccessLog,
} from '../../testing/edge-lines.ts';
import { documentOf, edgeLine, shapedBy } from '../../testing/shaped-line.ts';

const TIME = Date.parse('2026-11-22T09:59:58Z');
const GATEWAY_GROUP = '/aws/apigateway/shop';

function signalsOf(text: string): unknown {
  const shaped = shapedBy(edgeLine(text));
  return shaped.is === 'unreadable' ? [] : shaped.signals;
}

describe('a request that passed', () => {
  test('is a business document of REST APIs, without a signal', () => {
    expect(documentOf(edgeLine(restAccessLog()))).toEqual({
      channel: 'business',
      time: TIME,
      level: 'INFO',
      message: 'GET /orders/{id} 200',
      service: { name: 'api-gateway' },
      principal: 'ip:203.0.113.7',
      source: { ip: '203.0.113.7' },
      route: 'GET /orders/{id}',
      trace_id: '6ac7d63f0104e99861c65c8039f183da',
      event: { kind: 'event', dataset: 'aws.apigateway', outcome: 'success', duration: 45_000_000 },
      http: {
        version: '1.1',
        request: { method: 'GET', id: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' },
        response: { status_code: 200, bytes: 512 },
      },
      url: { path: '/prod/orders/7' },
      fields: { extendedRequestId: 'Ed0AiHF_CGYF-DA=', integrationLatency: '40', stage: 'prod' },
    });
    expect(signalsOf(restAccessLog())).toEqual([]);
  });

  test.each([
    ['an HTTP API', httpAccessLog(), { route: 'POST /orders', message: 'POST /orders 201' }],
    [
      'nested objects and other spellings',
      JSON.stringify({
        request_id: 'JKJaXmPLvHcESHA=',
        extended_request_id: 'x',
        request_time_epoch: TIME,
        status_code: 502,
        identity: { sourceIp: '2001:db8::7', userAgent: 'curl' },
        http_method: 'PUT',
        resource_path: '/orders',
        integration: { status: 500 },
        integrationErrorMessage: 'boom',
        authorizer: { principalId: 'ann' },
      }),
      {
        level: 'ERROR',
        principal: 'user:ann',
        user: { id: 'ann' },
        source: { ip: '2001:db8::7' },
        user_agent: { original: 'curl' },
        event: { outcome: 'failure' },
        error: { message: 'boom' },
      },
    ],
    ['CLF of a REST API', REST_CLF, { route: 'GET /orders/{id}', http: { response: { bytes: 512 } } }],
    ['CLF of an HTTP API', HTTP_CLF, { route: 'POST /orders', source: { ip: '203.0.113.8' } }],
    ['CSV of a REST API', REST_CSV, { route: 'GET /orders/{id}', source: { ip: '203.0.113.7' } }],
    ['CSV of an HTTP API', HTTP_CSV, { route: 'POST /orders', source: { ip: '203.0.113.8' } }],
    ['XML', REST_XML, { route: 'GET /orders/{id}', http: { request: { method: 'GET' } } }],
    ['a server that failed', restAccessLog({ status: 502 }), { level: 'ERROR' }],
    ['an answer 429 of the function itself', restAccessLog({ status: '429' }), {}],
    ['an answer 403 of the function itself', restAccessLog({ status: '403' }), {}],
  ])('is read from %s', (_, text, fields) => {
    expect(documentOf(edgeLine(text))).toMatchObject({
      channel: 'business',
      time: TIME,
      ...fields,
      event: { dataset: 'aws.apigateway' },
    });
  });
});

describe('a request that the gateway refused', () => {
  test('is a trail event with the fields of the SDK, and a signal of its principal', () => {
    const line = edgeLine(refusedAccessLog(429, 'THROTTLED'));
    expect(documentOf(line)).toMatchObject({
      channel: 'trail',
      time: TIME,
      level: 'WARN',
      message: 'excess_rate_limit_exceeded: THROTTLED',
      tenant: '-',
      principal: 'ip:203.0.113.7',
      source: { ip: '203.0.113.7' },
      route: 'GET /orders/{id}',
      event: {
        kind: 'event',
        category: ['api'],
        type: ['denied'],
        action: 'excess_rate_limit_exceeded',
        outcome: 'failure',
        reason: 'THROTTLED',
        dataset: 'aws.apigateway',
      },
      count: 1,
      threat: { tactic: { id: 'TA0040' }, technique: { id: 'T1499.003' } },
      http: { response: { status_code: 429 } },
    });
    expect(signalsOf(line.text)).toEqual([
      {
        key: 'principal:-/ip:203.0.113.7',
        signal: {
          kind: 'trail',
          at: TIME,
          from: { stream: 'edge-logs/a1b2c3d4', position: line.eventId },
          service: 'api-gateway',
          tenant: '-',
          principal: 'ip:203.0.113.7',
          action: 'excess_rate_limit_exceeded',
          outcome: 'failure',
          count: 1,
          ip: '203.0.113.7',
          route: 'GET /orders/{id}',
          reason: 'THROTTLED',
        },
      },
    ]);
  });

  test.each([
    [429, 'QUOTA_EXCEEDED', 'excess_rate_limit_exceeded'],
    [401, 'UNAUTHORIZED', 'authn_token_rejected'],
    [403, 'EXPIRED_TOKEN', 'authn_token_rejected'],
    [403, 'INVALID_API_KEY', 'authn_token_rejected'],
    [403, 'MISSING_AUTHENTICATION_TOKEN', 'authn_token_rejected'],
    [403, 'ACCESS_DENIED', 'authz_fail'],
    [500, 'AUTHORIZER_FAILURE', 'authz_fail'],
    [403, 'WAF_FILTERED', 'malicious_extraneous'],
    [400, 'BAD_REQUEST_BODY', 'input_validation_fail'],
    [400, 'BAD_REQUEST_PARAMETERS', 'input_validation_fail'],
    [413, 'REQUEST_TOO_LARGE', 'input_validation_fail'],
    [403, 'DEFAULT_4XX', 'authz_fail'],
  ])('with %i %s is %s', (status, type, action) => {
    const text = refusedAccessLog(status, type);
    expect(documentOf(edgeLine(text))).toMatchObject({ channel: 'trail', event: { action } });
    expect(signalsOf(text)).toMatchObject([{ signal: { action } }]);
  });

  test.each([
    [504, 'INTEGRATION_TIMEOUT'],
    [404, 'RESOURCE_NOT_FOUND'],
    [500, 'API_CONFIGURATION_ERROR'],
  ])('but not with %i %s, which is no matter of security', (status, type) => {
    expect(documentOf(edgeLine(refusedAccessLog(status, type)))).toMatchObject({ channel: 'business' });
  });

  test('is known by a backend that was not asked, by the web ACL, and in a WebSocket API', () => {
    const asked = restAccessLog({ status: 403, integrationLatency: '-' });
    expect(documentOf(edgeLine(asked))).toMatchObject({ channel: 'trail', event: { reason: 'status 403' } });
    const blocked = restAccessLog({ status: 403, wafResponseCode: 'WAF_BLOCK' });
    expect(documentOf(edgeLine(blocked))).toMatchObject({ event: { action: 'malicious_extraneous' } });
    expect(documentOf(edgeLine(webSocketAccessLog()))).toMatchObject({ channel: 'trail', route: '$connect' });
  });

  test('makes no signal where the format does not tell who refused', () => {
    const text = REST_CLF.replace('" 200 ', '" 429 ');
    expect(documentOf(edgeLine(text))).toMatchObject({
      channel: 'trail',
      event: { action: 'excess_rate_limit_exceeded' },
    });
    expect(signalsOf(text)).toEqual([]);
  });
});

describe('bad input', () => {
  test.each([
    ["a user's request log", '{"requestId":"1","status":200,"method":"GET","path":"/a"}', 'json'],
    ['one that says something', httpAccessLog({ message: 'done', level: 'info' }), 'json'],
    ['a status that is none', restAccessLog({ status: 'fine' }), 'json'],
    ['a status out of range', restAccessLog({ status: 99_999 }), 'json'],
    ['no request id', restAccessLog({ requestId: undefined }), 'json'],
    ['fields of another type', restAccessLog({ requestId: { a: 1 }, status: [] }), 'json'],
    ['an entry that is cut off', restAccessLog().slice(0, -20), 'text'],
    ['a log of nginx', NGINX, 'text'],
    ['CLF without the request id', REST_CLF.slice(0, REST_CLF.indexOf(' 0a1b')), 'text'],
    ['XML that is cut off', REST_XML.slice(0, 200), 'text'],
    ['a month that is none', REST_CLF.replace('Nov', 'Foo'), 'text'],
  ])('%s is somebody else’s line', (_, text, dataset) => {
    expect(documentOf(edgeLine(text))).toMatchObject({ channel: 'business', event: { dataset } });
  });

  test('a log group of the gateway’s needs less of its names', () => {
    const text = '{"requestId":"JKJaXmPLvHcESHA=","method":"GET","path":"/a","status":"404"}';
    expect(documentOf(edgeLine(text))).toMatchObject({ event: { dataset: 'json' } });
    expect(documentOf(edgeLine(text, GATEWAY_GROUP))).toMatchObject({ event: { dataset: 'aws.apigateway' } });
  });

  test.each([
    ['/aws/lambda/orders', 'any'],
    ['custom', '2026/11/22/[$LATEST]0123456789abcdef0123456789abcdef'],
    ['custom', '2026/11/22/orders[7]0123456789abcdef0123456789abcdef'],
  ])('a function cannot speak for the gateway: group %s, stream %s', (group, stream) => {
    const line = edgeLine(refusedAccessLog(401, 'UNAUTHORIZED'), group, stream);
    expect(shapedBy(line)).toMatchObject({ document: { channel: 'business' }, signals: [] });
  });

  test('hostile values cost their own field only', () => {
    const text = restAccessLog({
      ip: "'; drop table",
      responseLength: '-5',
      responseLatency: 'NaN',
      httpMethod: 'G\u0000T',
      requestTime: '99/Zzz/9999:99:99:99 +9999',
      deep: JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`),
      long: 'x'.repeat(50_000),
    });
    const document = documentOf(edgeLine(text));
    expect(document).toMatchObject({ channel: 'business', http: { response: { status_code: 200 } } });
    expect(document).not.toHaveProperty('source');
    expect(document).not.toHaveProperty('event.duration');
    expect(document).toMatchObject({ fields_stored: { long: 'x'.repeat(50_000) } });
    expect(document).not.toHaveProperty('fields');
  });
});
