/** The event of an API Gateway REST API (payload format 1.0), and that of its request authorizer. */
import { ACCOUNT, INSTANT_MS, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

export interface RestV1Event {
  resource: string;
  path: string;
  httpMethod: string;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  queryStringParameters: Record<string, string> | null;
  multiValueQueryStringParameters: Record<string, string[]> | null;
  pathParameters: Record<string, string> | null;
  stageVariables: Record<string, string> | null;
  requestContext: RestV1Context;
  body: string | null;
  isBase64Encoded: boolean;
}

export interface RestV1Context {
  accountId: string;
  apiId: string;
  /** What the authorizer vouches for; null where there is none. */
  authorizer: Record<string, unknown> | null;
  domainName: string;
  domainPrefix: string;
  extendedRequestId: string;
  httpMethod: string;
  identity: RestV1Identity;
  path: string;
  protocol: string;
  requestId: string;
  requestTime: string;
  requestTimeEpoch: number;
  resourceId: string;
  resourcePath: string;
  stage: string;
}

export interface RestV1Identity {
  accessKey: string | null;
  accountId: string | null;
  apiKey: string | null;
  apiKeyId: string | null;
  caller: string | null;
  clientCert: null;
  cognitoAuthenticationProvider: string | null;
  cognitoAuthenticationType: string | null;
  cognitoIdentityId: string | null;
  cognitoIdentityPoolId: string | null;
  principalOrgId: string | null;
  sourceIp: string;
  user: string | null;
  userAgent: string | null;
  userArn: string | null;
}

export interface AuthorizerRequestEvent
  extends Omit<RestV1Event, 'body' | 'isBase64Encoded' | 'requestContext'> {
  type: 'REQUEST';
  methodArn: string;
  requestContext: Omit<RestV1Context, 'authorizer'> & { authorizer: undefined };
}

/** `GET /orders/{id}` by a client at 192.0.2.1 whom no authorizer has looked at. */
export function restV1(overrides?: Overrides<RestV1Event>): RestV1Event {
  return withOverrides(event(), overrides);
}

/** What a REQUEST authorizer of a REST API is asked. */
export function authorizerRequest(overrides?: Overrides<AuthorizerRequestEvent>): AuthorizerRequestEvent {
  const { body, isBase64Encoded, requestContext, ...asked } = event();
  const { authorizer, ...context } = requestContext;
  return withOverrides<AuthorizerRequestEvent>(
    {
      type: 'REQUEST',
      methodArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:a1b2c3d4e5/prod/GET/orders/17`,
      ...asked,
      requestContext: { ...context, authorizer: undefined },
    },
    overrides,
  );
}

function event(): RestV1Event {
  return {
    resource: '/orders/{id}',
    path: '/orders/17',
    httpMethod: 'GET',
    headers: {
      Accept: 'application/json',
      Host: `a1b2c3d4e5.execute-api.${REGION}.amazonaws.com`,
      'User-Agent': 'curl/8.5.0',
      'X-Amzn-Trace-Id': 'Root=1-695ba7c0-0a1b2c3d4e5f60718293a4b5',
      'X-Forwarded-For': '192.0.2.1',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Proto': 'https',
    },
    multiValueHeaders: { Accept: ['application/json'], 'User-Agent': ['curl/8.5.0'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { id: '17' },
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'a1b2c3d4e5',
      authorizer: null,
      domainName: `a1b2c3d4e5.execute-api.${REGION}.amazonaws.com`,
      domainPrefix: 'a1b2c3d4e5',
      extendedRequestId: 'Wq1PXG4fliAFgHg=',
      httpMethod: 'GET',
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.1',
        user: null,
        userAgent: 'curl/8.5.0',
        userArn: null,
      },
      path: '/prod/orders/17',
      protocol: 'HTTP/1.1',
      requestId: '6f3b1f0a-52a8-4a3c-9d38-0b8f7f6c1e21',
      requestTime: '05/Jan/2026:12:00:00 +0000',
      requestTimeEpoch: INSTANT_MS,
      resourceId: 'x7y8z9',
      resourcePath: '/orders/{id}',
      stage: 'prod',
    },
    body: null,
    isBase64Encoded: false,
  };
}
