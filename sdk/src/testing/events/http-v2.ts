/** The events of payload format 2.0: API Gateway HTTP APIs and function URLs. */
import { ACCOUNT, INSTANT_MS, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

export interface HttpV2Event {
  version: string;
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  pathParameters?: Record<string, string>;
  stageVariables?: Record<string, string>;
  requestContext: HttpV2Context;
  body?: string;
  isBase64Encoded: boolean;
}

export interface HttpV2Context {
  accountId: string;
  apiId: string;
  /** `jwt`, `lambda` or `iam`; absent where there is no authorizer. */
  authorizer?: Record<string, unknown>;
  domainName: string;
  domainPrefix: string;
  http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
  requestId: string;
  routeKey: string;
  stage: string;
  time: string;
  timeEpoch: number;
}

/** `GET /orders/{id}` of an HTTP API by a client at 192.0.2.1. */
export function httpV2(overrides?: Overrides<HttpV2Event>): HttpV2Event {
  const domain = `f6g7h8i9j0.execute-api.${REGION}.amazonaws.com`;
  const route = { routeKey: 'GET /orders/{id}', path: '/orders/17', apiId: 'f6g7h8i9j0', domain };
  return withOverrides({ ...event(route), pathParameters: { id: '17' } }, overrides);
}

/** `GET /orders/17` of a function URL: it has no routes, so its route key is `$default`. */
export function functionUrl(overrides?: Overrides<HttpV2Event>): HttpV2Event {
  const apiId = 'k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5z6';
  const domain = `${apiId}.lambda-url.${REGION}.on.aws`;
  return withOverrides(event({ routeKey: '$default', path: '/orders/17', apiId, domain }), overrides);
}

function event({
  routeKey,
  path,
  apiId,
  domain,
}: {
  readonly routeKey: string;
  readonly path: string;
  readonly apiId: string;
  readonly domain: string;
}): HttpV2Event {
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: {
      accept: 'application/json',
      host: domain,
      'user-agent': 'curl/8.5.0',
      'x-amzn-trace-id': 'Root=1-695ba7c0-1b2c3d4e5f60718293a4b5c6',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    requestContext: {
      accountId: ACCOUNT,
      apiId,
      domainName: domain,
      domainPrefix: apiId,
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl/8.5.0' },
      requestId: 'WsxkYgF2liAEJ9A=',
      routeKey,
      stage: '$default',
      time: '05/Jan/2026:12:00:00 +0000',
      timeEpoch: INSTANT_MS,
    },
    isBase64Encoded: false,
  };
}
