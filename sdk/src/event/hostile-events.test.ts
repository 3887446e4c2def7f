import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carrierOf } from '../correlation/carrier.ts';
import { correlate, outgoingHeaders } from '../correlation/correlation.ts';
import { readRecords } from './records.ts';
import { readRequest } from './request.ts';

const RUNS = 4000;
const EVENTS_A_RUN = 26;

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CARRIER = `{"traceparent":"${TRACEPARENT}","tracestate":"trailgate=keep","correlation_id":"c"}`;
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:Orders:run-1';

/** One event of each shape, with as many of the members that are read as it can have. */
const headers = {
  TraceParent: TRACEPARENT,
  tracestate: 'a=1',
  baggage: 'k=v',
  'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8',
  'x-correlation-id': 'c',
  'x-correlation-user': 'u',
  'x-datadog-trace-id': '5',
  'x-datadog-tags': '_dd.p.tid=640cfd8d00000000',
  'x-forwarded-for': '192.0.2.1',
};
const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
const payload = {
  _trailgate: CARRIER,
  traceparent: TRACEPARENT,
  __context__: { 'x-correlation-id': 'c', 'call-chain-length': 1 },
  _datadog: { 'x-datadog-trace-id': '5' },
};
const attributes = {
  _trailgate: { stringValue: CARRIER, Type: 'String', Value: CARRIER },
  _datadog: { binaryValue: 'e30=', Type: 'Binary', Value: 'e30=' },
  traceparent: { stringValue: TRACEPARENT, Type: 'String', Value: TRACEPARENT },
};
const notification = {
  Type: 'Notification',
  TopicArn: 't',
  MessageId: 'n',
  Message: '{}',
  MessageAttributes: attributes,
};
const bus = { source: 's', 'detail-type': 'd', id: 'i', detail: payload };
const data = Buffer.from(JSON.stringify(payload)).toString('base64');
const identity = { sourceIp: '192.0.2.1', userArn: 'a', cognitoIdentityId: 'c', principal: 'p' };
const authorizer = { user: 'u', tenant: 't', roles: 'r', claims: { sub: 's' }, jwt: { claims: {} }, iam: {} };
const SHAPES: readonly object[] = [
  { version: '2.0', routeKey: 'GET /a', headers: { 'x-amzn-trace-id': headers['x-amzn-trace-id'] } },
  { version: '2.0', routeKey: 'GET /a', headers: { 'x-datadog-trace-id': '5', 'x-datadog-parent-id': '6' } },
  {
    resource: '/a',
    path: '/a',
    httpMethod: 'GET',
    headers,
    multiValueHeaders: lists,
    requestContext: { identity, authorizer },
  },
  {
    version: '2.0',
    routeKey: 'GET /a',
    rawPath: '/a',
    headers,
    requestContext: { http: { method: 'GET', sourceIp: 'i' }, authorizer },
  },
  {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/a/1',
    headers,
    requestContext: { domainName: 'a.lambda-url.b', http: { method: 'GET' } },
  },
  { requestContext: { elb: {} }, httpMethod: 'GET', path: '/a/1', multiValueHeaders: lists },
  {
    requestContext: { connectionId: 'c', eventType: 'MESSAGE', routeKey: 'r', requestId: 'i', identity },
    headers,
  },
  {
    version: '2.0',
    method: 'GET',
    path: '/a?b',
    headers: lists,
    requestContext: { serviceArn: 'a', identity },
  },
  { raw_path: '/a/1', method: 'GET', headers },
  {
    type: 'REQUEST',
    methodArn: 'm',
    resource: '/a',
    httpMethod: 'GET',
    headers,
    requestContext: { identity },
  },
  { type: 'TOKEN', methodArn: 'arn:aws:execute-api:r:1:a/s/GET/a/17', authorizationToken: 't' },
  { authorizationToken: 't', requestHeaders: headers, requestContext: {} },
  {
    info: { fieldName: 'f', parentTypeName: 'Query', selectionSetGraphQL: '' },
    identity: { sub: 's', sourceIp: ['i'] },
    request: { headers },
  },
  [{ info: { fieldName: 'f', selectionSetGraphQL: '' }, request: { headers } }],
  { xAmzRequestId: 'x', userRequest: { headers }, userIdentity: { arn: 'a' } },
  {
    Records: [
      {
        eventSource: 'aws:sqs',
        messageId: 'm',
        body: JSON.stringify(notification),
        messageAttributes: {},
        attributes: { AWSTraceHeader: 'x' },
      },
    ],
  },
  {
    Records: [
      { eventSource: 'aws:sqs', messageId: 'm', body: JSON.stringify(bus), messageAttributes: attributes },
    ],
  },
  { Records: [{ EventSource: 'aws:sns', Sns: notification }] },
  { Records: [{ eventSource: 'aws:kinesis', eventID: 'e', kinesis: { data } }] },
  {
    Records: [
      {
        eventSource: 'aws:dynamodb',
        eventID: 'e',
        dynamodb: { NewImage: { _trailgate: { S: CARRIER }, __context__: { M: { a: { S: 'b' } } } } },
      },
    ],
  },
  { Records: [{ eventSource: 'aws:s3', responseElements: { 'x-amz-request-id': 'r' }, s3: {} }] },
  { deliveryStreamArn: 'd', records: [{ recordId: 'r', data }] },
  bus,
  payload,
  { Execution: { Id: EXECUTION, Input: payload }, State: {}, Payload: { Execution: { Id: EXECUTION } } },
  {
    DurableExecutionArn: 'a/durable-execution/b',
    InitialExecutionState: { Operations: [{ ExecutionDetails: { InputPayload: '{}' } }] },
  },
  { triggerSource: 'PreSignUp_SignUp', userPoolId: 'p', userName: 'u', request: {} },
];

function refuse(): never {
  throw new Error('hostile');
}
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const cyclic: Record<string, unknown> = { ...payload };
Object.assign(cyclic, { _datadog: cyclic, detail: cyclic, Execution: cyclic });
const HUGE = 'x'.repeat(300_000);
const HOSTILE: readonly unknown[] = [
  new Proxy({}, { get: refuse, ownKeys: refuse, has: refuse }),
  new Proxy([], { get: refuse }),
  revoked.proxy,
  Object.defineProperty({}, 'traceparent', { get: refuse, enumerable: true }),
  Object.create(null),
  { toString: refuse, valueOf: refuse, toJSON: refuse },
  cyclic,
  new Array(4_000_000_000),
  Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`x-correlation-${i}`, 'v'])),
  HUGE,
  `{${HUGE}`,
  `{"_trailgate":"${HUGE}"}`,
  `${'['.repeat(30_000)}`,
  `{"_trailgate":${'{"a":'.repeat(10_000)}`,
  '{"_trailgate":"{\\"traceparent\\":\\"'.repeat(500),
  ` ${';Root='.repeat(1100)}`,
  `${'/1'.repeat(500)}`,
  ',='.repeat(4000),
  JSON.stringify({ ...notification, Message: JSON.stringify(notification) }),
  'Root=1-5759e988-bd862e3fe1be46a99427279g',
  'Root=1-5759e988',
  '0',
  '18446744073709551616',
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
  Number.NaN,
  -0,
  10n,
  Symbol('s'),
  refuse,
  null,
  undefined,
  true,
  '',
  '__proto__',
  ['a', refuse, null],
];

/** Independent of the digits of `seed` that choose the member. */
function scattered(seed: number): number {
  return Math.imul(seed, 0x9e37_79b1) >>> 16;
}

/** A copy of `shape` in which a member at some depth is `value`; which one is chosen by `seed`. */
function spoiled(shape: unknown, seed: number, value: unknown): unknown {
  if (typeof shape !== 'object' || shape === null || seed % 4 === 3) return value;
  const names = Object.keys(shape);
  if (names.length === 0) return value;
  const chosen = names[(seed >>> 2) % names.length];
  const copy = (Array.isArray(shape) ? [...shape] : { ...shape }) as Record<string, unknown>;
  if (chosen !== undefined) copy[chosen] = spoiled(copy[chosen], seed >>> 5, value);
  return copy;
}

const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(0xab);
const HEX_32 = /^(?!0{32})[0-9a-f]{32}$/;
const HEX_16 = /^(?!0{16})[0-9a-f]{16}$/;
const ID = /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/;
const HEADER_VALUE = /^[\x20-\x7e\t]*$/;

/** What does not hold of the ids that come of `given`; undefined when all does. */
function fault(given: Parameters<typeof correlate>[0]): string | undefined {
  const found = correlate(given, bytes);
  if (!HEX_32.test(found.traceId) || !HEX_16.test(found.spanId)) return `trace ${found.traceId}`;
  if (found.parentSpanId !== undefined && !HEX_16.test(found.parentSpanId)) return found.parentSpanId;
  if (!ID.test(found.correlationId)) return `correlation id ${found.correlationId}`;
  const carrier = carrierOf(found, true);
  if (carrier.length > 1024 || JSON.parse(carrier).correlation_id !== found.correlationId) return carrier;
  for (const [name, value] of Object.entries(outgoingHeaders(found, true))) {
    if (!HEADER_VALUE.test(value) || value.length > 8192) return `${name}: ${value}`;
  }
  return undefined;
}

function eventFault(event: unknown, lambda: unknown): string | undefined {
  const request = readRequest(event, lambda, true);
  if (request.route.length > 256 || (request.source ?? '').length > 256) return `route ${request.route}`;
  if ((request.ip ?? '').length > 64 || (request.path ?? '').length > 1100) return `path ${request.path}`;
  for (const name of [request.identity.user ?? '', request.identity.tenant ?? '']) {
    if (typeof name !== 'string' || name.length > 256) return 'identity';
  }
  const own = fault(request.headers);
  if (own !== undefined) return own;
  let count = 0;
  for (const record of readRecords(event)) {
    if (record.id.length > 256 || record.source.length > 256) return `record ${record.id}`;
    const its = fault(record.headers);
    if (its !== undefined) return its;
    if (++count === 50) break;
  }
  return undefined;
}

describe('events', () => {
  test(`whatever is in them, none of ${RUNS * EVENTS_A_RUN} makes reading throw or gives ids that are none`, () => {
    const anything = fc.anything({ maxDepth: 2, maxKeys: 4, withNullPrototype: true, withBigInt: true });
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[ -~]{1,60}$/));
    const seeds = fc.array(fc.noBias(fc.nat()), { minLength: EVENTS_A_RUN, maxLength: EVENTS_A_RUN });
    let events = 0;
    fc.assert(
      fc.property(anything, text, seeds, (any, words, chosen) => {
        for (const [i, seed] of chosen.entries()) {
          const kind = events % 3;
          const value = kind === 0 ? any : kind === 1 ? words : HOSTILE[scattered(seed) % HOSTILE.length];
          const event = spoiled(SHAPES[events % SHAPES.length], seed, value);
          const lambda = i % 2 === 0 ? { clientContext: spoiled({ custom: payload }, seed, value) } : value;
          events += 1;
          const found = eventFault(event, lambda);
          if (found !== undefined) throw new Error(`event ${i}: ${found.slice(0, 200)}`);
        }
      }),
      { numRuns: RUNS },
    );
    expect(events).toBeGreaterThanOrEqual(100_000);
  }, 120_000);

  test('unspoiled, each of them gives the ids that it carries', () => {
    for (const shape of SHAPES) expect(eventFault(shape, undefined)).toBeUndefined();
    const traced = SHAPES.filter((shape) => {
      const [record] = readRecords(shape);
      const { traceparent } = (record ?? readRequest(shape)).headers;
      return traceparent === TRACEPARENT;
    });
    // All but the two of other tracers, a TOKEN authorizer, S3, the durable execution and the Cognito trigger.
    expect(traced).toHaveLength(SHAPES.length - 6);
  });
});
