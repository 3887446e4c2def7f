/** One call of a client as the event that each gateway makes of it, for the contract that all of them keep. */
import type { APIGatewayRequestAuthorizerEvent, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import type { Principal } from '../http/principal.ts';
import { percentDecoded } from '../http/route-place.ts';
import { toAuthorizerContext } from '../identity/authorizer-context.ts';

export interface ClientCall {
  readonly method: string;
  /** As the client writes it. */
  readonly path: string;
  /** Template and parameters, as they stand in the path, of the route that the gateway finds; none for a catch-all. */
  readonly template?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
  /** Whom the gateway's authorizer let through. */
  readonly principal?: Principal;
  /** Address that the gateway is called from. */
  readonly sourceIp?: string;
}

const STAGE = 'prod';
const API = { accountId: '123456789012', apiId: 'abc', requestId: 'request-1', stage: STAGE };
const SOURCE_IP = '203.0.113.9';
const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod';

/** Payload format 1.0: header names as the client wrote them, paths and parameters encoded. */
export function restEvent(call: ClientCall): Record<string, unknown> {
  const { method, template, parameters, principal, path } = call;
  const { headers, multiValueHeaders } = restHeaders(call.headers ?? []);
  return {
    resource: template ?? '/{proxy+}',
    path,
    httpMethod: method,
    headers,
    multiValueHeaders,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: template === undefined ? { proxy: path.slice(1) } : (parameters ?? null),
    stageVariables: null,
    requestContext: {
      ...API,
      resourcePath: template ?? '/{proxy+}',
      httpMethod: method,
      path: `/${STAGE}${path}`,
      identity: { sourceIp: call.sourceIp ?? SOURCE_IP },
      authorizer: principal === undefined ? null : { ...toAuthorizerContext(principal), principalId: 'x' },
    },
    body: encoded(call.body).body ?? null,
    isBase64Encoded: encoded(call.body).isBase64Encoded,
  };
}

/** Payload format 2.0: lower-case names, cookies apart, paths and parameters decoded, the stage in the path. */
export function httpApiEvent(call: ClientCall): Record<string, unknown> {
  const { template, parameters, principal } = call;
  const event = payload2(
    call,
    `/${STAGE}${percentDecoded(call.path)}`,
    STAGE,
    'abc.execute-api.eu-west-1.amazonaws.com',
  );
  const decoded = Object.entries(parameters ?? {}).map(([name, value]) => [name, percentDecoded(value)]);
  return {
    ...event,
    routeKey: template === undefined ? '$default' : `${call.method} ${template}`,
    ...(parameters === undefined ? {} : { pathParameters: Object.fromEntries(decoded) }),
    requestContext: {
      ...event.requestContext,
      ...(principal === undefined ? {} : { authorizer: { lambda: toAuthorizerContext(principal) } }),
    },
  };
}

/** Payload format 2.0 without a route, an authorizer or a stage, and with the path encoded. */
export function functionUrlEvent(call: ClientCall): Record<string, unknown> {
  return payload2(call, call.path, '$default', 'abcdef.lambda-url.eu-west-1.on.aws');
}

export function restQuestion(call: ClientCall): APIGatewayRequestAuthorizerEvent {
  const { body: _body, isBase64Encoded: _encoded, ...event } = restEvent(call);
  return { ...event, type: 'REQUEST', methodArn: `${ARN}/${call.method}${call.path}` } as never;
}

export function httpApiQuestion(call: ClientCall): APIGatewayRequestAuthorizerEventV2 {
  const { body: _body, isBase64Encoded: _encoded, ...event } = httpApiEvent(call);
  return { ...event, type: 'REQUEST', routeArn: `${ARN}/${call.method}${call.path}` } as never;
}

function restHeaders(lines: readonly (readonly [string, string])[]) {
  const values = new Map<string, string[]>();
  for (const [name, value] of lines) values.set(name, [...(values.get(name) ?? []), value]);
  return {
    headers: Object.fromEntries(lines),
    multiValueHeaders: Object.fromEntries(values),
  };
}

function payload2(call: ClientCall, rawPath: string, stage: string, domainName: string) {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (const [name, value] of call.headers ?? []) {
    const key = name.toLowerCase();
    if (key === 'cookie') cookies.push(...value.split('; '));
    else headers.set(key, headers.has(key) ? `${headers.get(key)},${value}` : value);
  }
  const { body, isBase64Encoded } = encoded(call.body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: Object.fromEntries(headers),
    ...(cookies.length === 0 ? {} : { cookies }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
    requestContext: {
      ...API,
      stage,
      domainName,
      routeKey: '$default',
      http: {
        method: call.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: call.sourceIp ?? SOURCE_IP,
        userAgent: '',
      },
    },
  };
}

function encoded(body: string | Buffer | undefined) {
  return typeof body === 'object'
    ? { body: body.toString('base64'), isBase64Encoded: true }
    : { body, isBase64Encoded: false };
}
