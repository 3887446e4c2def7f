import { createTrailgate } from '@trailgate/sdk';
import { describe, expect, test } from 'vitest';
import { type AuthorizationQuestion, authorize } from '../authorizer/authorize.ts';
import { checkInside } from '../authorizer/inside.ts';
import { type AuthorizerEvent, readQuestion } from '../authorizer/question.ts';
import type { TokenVerifier } from '../identity/token-verifier.ts';
import {
  type ClientCall,
  functionUrlEvent,
  httpApiEvent,
  httpApiQuestion,
  restEvent,
  restQuestion,
} from '../testing/gateway-events.ts';
import { ANNA } from '../testing/requests.ts';
import { readCall, UnexpectedCallError } from './call.ts';
import { Problem } from './problem.ts';
import type { Request } from './request.ts';
import { serve } from './serve.ts';
import { toRequest } from './to-request.ts';

/** Stands for the checks of a signature, which have tests of their own. */
const verifier: TokenVerifier = {
  verify: (token) =>
    token === 'anna' ? { valid: true, principal: ANNA } : { valid: false, reason: 'bad_signature' },
};
const TOKEN = ['Authorization', 'Bearer anna'] as const;
const NEVER_NAMED = ({ template: _, parameters: _parameters, ...call }: ClientCall): ClientCall => call;

/** Every way in which a call can come. */
const GATEWAYS: Readonly<Record<string, (call: ClientCall) => unknown>> = {
  'a REST API': restEvent,
  'a REST API with one route for all': (call) => restEvent(NEVER_NAMED(call)),
  'an HTTP API': httpApiEvent,
  'an HTTP API with one route for all': (call) => httpApiEvent(NEVER_NAMED(call)),
  'a function URL': (call) => checkInside(functionUrlEvent(call), verifier),
};

const ID = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
const SHOW = { method: 'GET', path: `/orders/${ID}`, template: '/orders/{id}', parameters: { id: ID } };
const PLACE = { method: 'POST', path: '/orders', template: '/orders' };
const seen = (given: Partial<Request>): Request => ({
  method: 'GET',
  resource: '/orders/{id}',
  pathParameters: {},
  headers: {},
  body: undefined,
  principal: undefined,
  ...given,
});

const CASES: readonly (readonly [string, ClientCall, Request])[] = [
  [
    'a caller with a token',
    { ...SHOW, headers: [TOKEN], principal: ANNA },
    seen({ pathParameters: { id: ID }, headers: { authorization: 'Bearer anna' }, principal: ANNA }),
  ],
  ['nobody', SHOW, seen({ pathParameters: { id: ID } })],
  [
    'who only says who they are',
    { ...SHOW, headers: ['user', 'tenant', 'roles', 'x-amzn-user', 'principalId'].map((n) => [n, 'ada']) },
    seen({
      pathParameters: { id: ID },
      headers: { user: 'ada', tenant: 'ada', roles: 'ada', 'x-amzn-user': 'ada', principalid: 'ada' },
    }),
  ],
  [
    'headers in any case, more than once, and with cookies',
    {
      ...PLACE,
      headers: [
        ['X-Correlation-ID', 'c-1'],
        ['prefer', 'wait=10'],
        ['prefer', 'respond-async'],
        ['PREFER', 'return=minimal'],
        ['Cookie', 'a=1; b=2'],
        ['__proto__', 'polluted'],
      ],
    },
    seen({
      method: 'POST',
      resource: '/orders',
      headers: Object.fromEntries([
        ['x-correlation-id', 'c-1'],
        ['prefer', 'wait=10,respond-async,return=minimal'],
        ['cookie', 'a=1; b=2'],
        ['__proto__', 'polluted'],
      ]),
    }),
  ],
  [
    'a body',
    { ...PLACE, body: '{"sku":"TÉ"}' },
    seen({ method: 'POST', resource: '/orders', body: '{"sku":"TÉ"}' }),
  ],
  [
    'a body in base64',
    { ...PLACE, body: Buffer.from('{"sku":"TÉ"}') },
    seen({ method: 'POST', resource: '/orders', body: '{"sku":"TÉ"}' }),
  ],
  ['an empty body', { ...PLACE, body: '' }, seen({ method: 'POST', resource: '/orders' })],
  [
    'an encoded parameter, decoded once',
    {
      method: 'GET',
      path: '/inventory/A%20%2541%C3%A9',
      template: '/inventory/{sku}',
      parameters: { sku: 'A%20%2541%C3%A9' },
    },
    seen({ resource: '/inventory/{sku}', pathParameters: { sku: 'A %41é' } }),
  ],
  [
    'a parameter that is no valid escape',
    { method: 'GET', path: '/inventory/%zz', template: '/inventory/{sku}', parameters: { sku: '%zz' } },
    seen({ resource: '/inventory/{sku}', pathParameters: { sku: '%zz' } }),
  ],
];

describe.each(Object.entries(GATEWAYS))('through %s a route sees', (_, event) => {
  test.each(CASES)('%s', (_name, call, expected) => {
    expect(toRequest(event(call))).toEqual(expected);
  });
});

describe('where no route is named, the API’s own table decides', () => {
  const everywhere = [
    'a REST API with one route for all',
    'an HTTP API with one route for all',
    'a function URL',
  ];
  test.each([
    'DELETE /orders',
    'GET /nowhere',
    'GET /',
    'GET //orders',
    'GET /orders/',
    'GET /ORDERS',
    'GET /orders/1/lines',
    'GET /orders/../admin/orders',
    'GET /admin/./orders',
    'GET /orders;x=1',
    'get /orders',
    'POST /deferred-orders',
    'GET /__proto__',
  ])('%s goes nowhere', (key) => {
    const [method = '', path = ''] = key.split(' ');
    for (const name of everywhere) {
      const request = toRequest(GATEWAYS[name]?.({ method, path }));
      expect([name, request.resource, request.pathParameters]).toEqual([name, '/{proxy+}', {}]);
    }
  });

  test('an encoded slash is no slash', () => {
    const call = { method: 'GET', path: '/orders%2F1' };
    expect(toRequest(restEvent(call)).resource).toBe('/{proxy+}');
    expect(toRequest(functionUrlEvent(call)).resource).toBe('/{proxy+}');
    // HTTP APIs decode before anybody could tell: it is the path of an order there.
    expect(toRequest(httpApiEvent(call))).toMatchObject({
      resource: '/orders/{id}',
      pathParameters: { id: '1' },
    });
  });
});

describe.each(Object.entries(GATEWAYS))('through %s a client gets', (_, event) => {
  const written: string[] = [];
  const trailgate = createTrailgate({
    service: 'orders',
    ports: { write: (text) => void written.push(text) },
  });
  const handler = serve(trailgate, {
    'POST /orders': async (request) => ({
      status: 201,
      headers: { location: '/orders/7' },
      body: { got: request.body, by: request.principal?.user },
    }),
    'GET /orders/{id}': async () => {
      throw new Problem(409, 'No.');
    },
  });
  const context = { awsRequestId: 'request-1', functionName: 'orders' };
  const answer = (call: ClientCall) => handler(event(call), context);

  test('the response as JSON that nobody caches', async () => {
    const call = {
      ...PLACE,
      headers: [TOKEN, ['x-correlation-id', 'c-1'] as const],
      body: '1',
      principal: ANNA,
    };
    expect(await answer(call)).toEqual({
      statusCode: 201,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        location: '/orders/7',
        'x-correlation-id': 'c-1',
      },
      body: '{"got":"1","by":"anna"}',
    });
  });

  test('refusals as problems, and 404 where there is nothing', async () => {
    const refused = await answer({ ...SHOW, headers: [TOKEN], principal: ANNA });
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([409, 'application/problem+json']);
    expect((await answer({ method: 'PUT', path: '/orders' })).statusCode).toBe(404);
  });
});

describe('an authorizer is asked the same', () => {
  const ask = (event: AuthorizerEvent): AuthorizationQuestion => readQuestion(event);
  const decided = (call: ClientCall) =>
    [ask(restQuestion(call)), ask(httpApiQuestion(call))].map((question) => authorize(question, verifier));

  test.each([
    [
      { ...SHOW, headers: [TOKEN] },
      { is: 'allowed', principal: ANNA },
    ],
    [SHOW, { is: 'unauthorized', reason: 'missing' }],
    [
      { method: 'GET', path: '/admin/orders', template: '/admin/orders', headers: [TOKEN] },
      { is: 'denied', principal: ANNA, target: 'GET /admin/orders', reason: 'missing_role_admin' },
    ],
    [
      { method: 'GET', path: '/nowhere', headers: [TOKEN] },
      { is: 'denied', principal: ANNA, target: 'GET /{proxy+}', reason: 'unknown_route' },
    ],
  ] as const)('%j', (call, authorization) => {
    expect(decided(call)).toEqual([authorization, authorization]);
  });

  test('but only a policy is in danger of a path with wildcards', () => {
    const call = { method: 'GET', path: '/orders/*', template: '/orders/{id}', headers: [TOKEN] };
    expect(decided(call).map(({ is }) => is)).toEqual(['denied', 'allowed']);
  });
});

test('what comes over no HTTP is no request', () => {
  for (const event of [{ Records: [] }, {}, null, 'text', { requestContext: {} }, { requestContext: null }]) {
    expect(() => toRequest(event)).toThrow(UnexpectedCallError);
  }
  expect(readCall({ Records: [] }).kind).toBe('queue');
  expect(readCall({ order: '1' }).kind).toBe('direct');
});
