/** Shapes a real HTTP request as API Gateway's REST proxy event, and a function's answer back into an HTTP response. */
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { ACCOUNT, REGION } from '../stack/names.ts';
import type { GatewayMatch } from './gateway-route.ts';

export interface IncomingRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly requestId: string;
  /** Epoch ms. */
  readonly at: number;
}

const STAGE = 'local';
const API_ID = 'local';

export type AuthorizerContext = Readonly<Record<string, string | number | boolean | null>>;

export function methodArn(request: IncomingRequest): string {
  const path = request.url.split('?', 1)[0] ?? '';
  return `arn:aws:execute-api:${REGION}:${ACCOUNT}:${API_ID}/${STAGE}/${request.method}${path}`;
}

/** The event of the function behind the route. */
export function proxyEvent(
  request: IncomingRequest,
  match: GatewayMatch,
  authorizer: AuthorizerContext | undefined,
): APIGatewayProxyEvent {
  const text = isUtf8(request.body);
  return {
    ...common(request, match),
    body:
      request.body.length === 0
        ? null
        : text
          ? request.body.toString('utf8')
          : request.body.toString('base64'),
    isBase64Encoded: request.body.length > 0 && !text,
    requestContext: { ...requestContext(request, match), authorizer: authorizer ?? null },
  } as APIGatewayProxyEvent;
}

/** The event of a REQUEST authorizer. */
export function authorizerEvent(
  request: IncomingRequest,
  match: GatewayMatch,
): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: methodArn(request),
    ...common(request, match),
    requestContext: requestContext(request, match),
  } as unknown as APIGatewayRequestAuthorizerEvent;
}

function common(request: IncomingRequest, match: GatewayMatch): object {
  const url = new URL(request.url, 'http://local');
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const values = Array.isArray(value) ? value : [value ?? ''];
    headers[name] = values.at(-1) ?? '';
    multiValueHeaders[name] = values;
  }
  const names = [...new Set(url.searchParams.keys())];
  const parameters = Object.keys(match.pathParameters);
  return {
    resource: match.route.resource,
    path: url.pathname,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters:
      names.length === 0
        ? null
        : Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).at(-1)])),
    multiValueQueryStringParameters:
      names.length === 0
        ? null
        : Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)])),
    pathParameters: parameters.length === 0 ? null : match.pathParameters,
    stageVariables: null,
  };
}

function requestContext(request: IncomingRequest, match: GatewayMatch): object {
  return {
    accountId: ACCOUNT,
    apiId: API_ID,
    resourceId: match.route.resource,
    resourcePath: match.route.resource,
    httpMethod: request.method,
    path: `/${STAGE}${request.url.split('?', 1)[0]}`,
    stage: STAGE,
    protocol: 'HTTP/1.1',
    requestId: request.requestId,
    extendedRequestId: request.requestId,
    requestTimeEpoch: request.at,
    identity: { sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? null },
  };
}

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

/** The gateway's own answers carry a JSON message and its error type in a header, as AWS's do. */
export function gatewayError(status: number, errorType: string, message: string): GatewayResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': errorType },
    body: JSON.stringify({ message }),
  };
}

/** A result that is not of the proxy shape is a bad gateway, as on AWS. */
export function proxyResponse(result: unknown): GatewayResponse {
  const malformed = gatewayError(502, 'InternalServerErrorException', 'Internal server error');
  if (typeof result !== 'object' || result === null) return malformed;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return malformed;
  if (body !== undefined && body !== null && typeof body !== 'string') return malformed;
  const out: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries((headers as object | undefined) ?? {}))
    out[name] = String(value);
  for (const [name, value] of Object.entries((multiValueHeaders as object | undefined) ?? {})) {
    if (Array.isArray(value)) out[name] = value.map(String);
  }
  const text = (body as string | null | undefined) ?? '';
  return { status, headers: out, body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text };
}
