import type {
  ALBEvent,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  AppSyncResolverEvent,
  LambdaFunctionURLEvent,
} from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { readRequest } from './request.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const XRAY = 'Root=1-5759e988-bd862e3fe1be46a994272793';

const REST = {
  resource: '/orders/{id}',
  path: '/orders/17',
  httpMethod: 'GET',
  headers: {
    Accept: '*/*',
    'X-Amzn-Trace-Id': XRAY,
    'X-Correlation-ID': 'c-1',
    'X-Forwarded-For': '6.6.6.6',
    user: 'mallory',
    tenant: 'evil',
  },
  multiValueHeaders: { Accept: ['*/*'], 'X-Correlation-ID': ['c-1'], 'X-Amzn-Trace-Id': [XRAY] },
  requestContext: {
    accountId: '123456789012',
    apiId: 'ab12cd34ef',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    stage: 'prod',
    resourcePath: '/orders/{id}',
    identity: { sourceIp: '192.0.2.7', userArn: null, cognitoIdentityId: null },
    authorizer: {
      user: 'ann',
      tenant: 'acme',
      roles: 'admin, buyer',
      principalId: 'p',
      integrationLatency: 3,
    },
  },
} as unknown as APIGatewayProxyEvent;

const HTTP = {
  version: '2.0',
  routeKey: 'POST /orders',
  rawPath: '/orders',
  rawQueryString: 'token=secret',
  headers: { traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'k=v', 'x-amzn-trace-id': XRAY },
  requestContext: {
    domainName: 'ab12cd34ef.execute-api.eu-west-1.amazonaws.com',
    requestId: 'JKJaXmPLvHcESHA=',
    http: { method: 'POST', path: '/orders', protocol: 'HTTP/1.1', sourceIp: '2001:db8::1', userAgent: 'a' },
    authorizer: {
      jwt: { claims: { sub: 'u-1', tenant: 'acme', 'cognito:groups': '[admin buyer]' }, scopes: null },
    },
  },
  isBase64Encoded: false,
} as unknown as APIGatewayProxyEventV2;

const URL_EVENT = {
  ...HTTP,
  routeKey: '$default',
  rawPath: '/orders/9f86d081884c7d65/lines/17',
  requestContext: {
    ...HTTP.requestContext,
    domainName: 'abc.lambda-url.eu-west-1.on.aws',
    authorizer: {
      iam: { userArn: 'arn:aws:iam::123456789012:user/ann', userId: 'AIDA', cognitoIdentity: null },
    },
  },
} as unknown as LambdaFunctionURLEvent;

const ALB: ALBEvent = {
  requestContext: {
    elb: {
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/49e9d65c45c6791a',
    },
  },
  httpMethod: 'GET',
  path: '/orders/2f1c9b5e-0b7a-4c1e-8f7c-3b1d6f0a9e11',
  queryStringParameters: {},
  headers: {
    host: 'shop.example',
    traceparent: TRACEPARENT,
    'x-amzn-trace-id': XRAY,
    'x-forwarded-for': '6.6.6.6, 203.0.113.9',
    'x-amzn-oidc-identity': 'mallory',
  },
  body: '',
  isBase64Encoded: false,
};

const RESOLVER = {
  arguments: { id: '17' },
  identity: {
    sub: 'u-1',
    issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/pool',
    username: 'ann',
    claims: { sub: 'u-1', tenant: 'acme' },
    sourceIp: ['192.0.2.9'],
    defaultAuthStrategy: 'ALLOW',
    groups: ['admin'],
  },
  source: null,
  request: { headers: { 'x-amzn-trace-id': XRAY, 'x-correlation-id': 'c-2' }, domainName: null },
  prev: null,
  stash: {},
  info: {
    fieldName: 'getOrder',
    parentTypeName: 'Query',
    selectionSetList: ['id'],
    selectionSetGraphQL: '{ id }',
    variables: {},
  },
} as AppSyncResolverEvent<{ id: string }>;

describe('requests of clients', () => {
  test('of REST APIs: identity and address come from the gateway only', () => {
    expect(readRequest(REST)).toEqual({
      kind: 'rest',
      source: 'aws:apigateway:rest',
      route: 'GET /orders/{id}',
      method: 'GET',
      path: '/orders/17',
      ip: '192.0.2.7',
      identity: { user: 'ann', tenant: 'acme', roles: ['admin', 'buyer'] },
      headers: { 'x-correlation-id': 'c-1', 'x-amzn-trace-id': XRAY },
    });
  });

  test('of HTTP APIs', () => {
    expect(readRequest(HTTP)).toEqual({
      kind: 'http',
      source: 'aws:apigateway:http',
      route: 'POST /orders',
      method: 'POST',
      path: '/orders',
      ip: '2001:db8::1',
      identity: { user: 'u-1', tenant: 'acme', roles: ['admin', 'buyer'] },
      headers: { traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'k=v', 'x-amzn-trace-id': XRAY },
    });
  });

  test('of function URLs, whose routes are made of the path', () => {
    expect(readRequest(URL_EVENT)).toMatchObject({
      kind: 'http',
      source: 'aws:lambda:url',
      route: 'POST /orders/{id}/lines/{id}',
      path: '/orders/9f86d081884c7d65/lines/17',
      identity: { user: 'arn:aws:iam::123456789012:user/ann' },
    });
  });

  test('of load balancers: the address is the one that it appended itself, and nobody is known', () => {
    expect(readRequest(ALB)).toEqual({
      kind: 'rest',
      source: 'aws:elasticloadbalancing',
      route: 'GET /orders/{id}',
      method: 'GET',
      path: '/orders/2f1c9b5e-0b7a-4c1e-8f7c-3b1d6f0a9e11',
      ip: '203.0.113.9',
      identity: {},
      headers: { traceparent: TRACEPARENT, 'x-amzn-trace-id': XRAY },
    });
  });

  test('of load balancers with multi-value headers', () => {
    const { headers: _, ...event } = ALB;
    const multiValueHeaders = {
      traceparent: [TRACEPARENT],
      tracestate: ['a=1', 'b=2'],
      'x-forwarded-for': ['6.6.6.6', '203.0.113.9:55123'],
    };
    expect(readRequest({ ...event, multiValueHeaders })).toMatchObject({
      ip: '203.0.113.9',
      headers: { traceparent: TRACEPARENT, tracestate: 'a=1,b=2' },
    });
  });

  test.each([
    ['CONNECT', '$connect', 'rest'],
    ['MESSAGE', 'sendMessage', 'rest'],
    ['DISCONNECT', '$disconnect', 'other'],
  ])('of WebSockets: %s', (eventType, routeKey, kind) => {
    const event = {
      ...(eventType === 'CONNECT' ? { headers: { TraceParent: TRACEPARENT } } : {}),
      requestContext: {
        routeKey,
        eventType,
        messageDirection: 'IN',
        connectionId: 'L0SM9cOFvHcCIhw=',
        requestId: 'L0SM9f7SPHcFTHQ=',
        identity: { sourceIp: '192.0.2.8' },
        authorizer: { principalId: 'ann', tenant: 'acme' },
      },
      isBase64Encoded: false,
    };
    expect(readRequest(event)).toEqual({
      kind,
      source: 'aws:apigateway:websocket',
      route: `WEBSOCKET ${routeKey}`,
      ip: '192.0.2.8',
      identity: { user: 'ann', tenant: 'acme' },
      headers: {
        'source-id': 'L0SM9f7SPHcFTHQ=',
        ...(eventType === 'CONNECT' ? { traceparent: TRACEPARENT } : {}),
      },
    });
  });

  test('of VPC Lattice, both versions', () => {
    const second = {
      version: '2.0',
      path: '/orders/17?token=secret',
      method: 'GET',
      headers: { 'x-amzn-trace-id': [XRAY], 'x-correlation-id': ['c-3'] },
      requestContext: {
        serviceNetworkArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:servicenetwork/sn-0bf3f2882e9cc805a',
        serviceArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0a40eebed65f8d69c',
        identity: { type: 'AWS_IAM', principal: 'arn:aws:iam::123456789012:assumed-role/my-role/my-session' },
        region: 'eu-west-1',
        timeEpoch: '1690497599177430',
      },
    };
    expect(readRequest(second)).toEqual({
      kind: 'rest',
      source: 'aws:vpc-lattice',
      route: 'GET /orders/{id}',
      method: 'GET',
      path: '/orders/17',
      identity: { user: 'arn:aws:iam::123456789012:assumed-role/my-role/my-session' },
      headers: { 'x-amzn-trace-id': XRAY, 'x-correlation-id': 'c-3' },
    });
    const first = {
      raw_path: '/orders/17?a=1',
      method: 'GET',
      headers: { 'x-correlation-id': 'c-3' },
      body: '',
    };
    expect(readRequest(first)).toMatchObject({
      source: 'aws:vpc-lattice',
      route: 'GET /orders/{id}',
      path: '/orders/17',
      identity: {},
    });
  });

  test('of AppSync, one field or a batch of one', () => {
    const expected = {
      kind: 'other',
      source: 'aws:appsync',
      route: 'Query.getOrder',
      ip: '192.0.2.9',
      identity: { user: 'u-1', tenant: 'acme', roles: ['admin'] },
      headers: { 'x-amzn-trace-id': XRAY, 'x-correlation-id': 'c-2' },
    };
    expect(readRequest(RESOLVER)).toEqual(expected);
    expect(readRequest([RESOLVER, RESOLVER])).toEqual(expected);
  });

  test('of S3 Object Lambda', () => {
    const event = {
      xAmzRequestId: '1a5ed718-5f53-471d-b6fe-5cf62d88d02a',
      getObjectContext: {
        inputS3Url: 'https://s3.example/?X-Amz-Security-Token=x',
        outputRoute: 'r',
        outputToken: 't',
      },
      configuration: {
        accessPointArn: 'arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/a',
        payload: '{}',
      },
      userRequest: { url: '/s3.txt', headers: { Host: 'h', 'X-Correlation-Id': 'c-4' } },
      userIdentity: { type: 'IAMUser', principalId: 'AIDA', arn: 'arn:aws:iam::123456789012:user/ann' },
      protocolVersion: '1.00',
    };
    expect(readRequest(event)).toEqual({
      kind: 'other',
      source: 'aws:s3-object-lambda',
      route: 'aws:s3-object-lambda',
      identity: { user: 'arn:aws:iam::123456789012:user/ann' },
      headers: { 'x-correlation-id': 'c-4', 'source-id': '1a5ed718-5f53-471d-b6fe-5cf62d88d02a' },
    });
  });
});
