/** The HTTP front of the local stack: turns real requests into API Gateway events for the function pools. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { matchRoute } from '../../example-api/http/match-route.ts';
import type { InvocationOutcome } from '../lambda/invocation-outcome.ts';
import { LOOPBACK, listenOnLoopback, stopServer } from '../loopback/listen.ts';
import { readAuthorization } from './authorize.ts';
import type { GatewayRoute } from './gateway-route.ts';
import {
  authorizerEvent,
  type GatewayResponse,
  gatewayError,
  type IncomingRequest,
  methodArn,
  proxyEvent,
  proxyResponse,
} from './proxy-event.ts';

export type InvokePort = (functionName: string, event: unknown) => Promise<InvocationOutcome>;

export interface GatewayOptions {
  readonly port: number;
  readonly routes: readonly GatewayRoute[];
  /** Name of the authorizer function. */
  readonly authorizer: string;
  readonly invoke: InvokePort;
  readonly clock: () => number;
}

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** Longer than a client pauses, so that no request meets a connection that is just being closed. */
const KEEP_ALIVE_MS = 350_000;
const MAX_BODY_BYTES = 10 * 1_048_576; // API Gateway payload limit

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const server = createServer((request, response) => void serve(options, request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = await listenOnLoopback(server, 'the API', options.port);
  return {
    url: `http://${LOOPBACK}:${port}`,
    stop: () => stopServer(server),
  };
}

async function serve(
  options: GatewayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: GatewayResponse;
  try {
    answer = await handle(options, request);
  } catch (error) {
    // The client went away while sending: there is nobody to answer.
    if (request.destroyed && !request.complete) return;
    answer = gatewayError(500, 'InternalServerErrorException', (error as Error).message);
  }
  response.writeHead(answer.status, {
    ...(answer.headers as Record<string, string>),
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

async function handle(options: GatewayOptions, message: IncomingMessage): Promise<GatewayResponse> {
  const body = await readBody(message);
  if (body === undefined) return gatewayError(413, 'RequestTooLargeException', 'Request Too Long');
  const request: IncomingRequest = {
    method: message.method ?? 'GET',
    url: message.url ?? '/',
    headers: { 'x-amzn-trace-id': traceHeader(options.clock()), ...message.headers },
    body,
    sourceIp: sourceAddress(message),
    requestId: randomUUID(),
    at: options.clock(),
  };
  const path = request.url.split('?', 1)[0] ?? '/';
  const match = matchRoute(options.routes, request.method, path);
  if (match === undefined) {
    return gatewayError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!match.route.authorizer) {
    return answerOf(await options.invoke(match.route.function, proxyEvent(request, match, undefined)));
  }
  const decision = await options.invoke(options.authorizer, authorizerEvent(request, match));
  const authorization = readAuthorization(decision, methodArn(request));
  if (!authorization.allowed) return authorization.response;
  return answerOf(
    await options.invoke(match.route.function, proxyEvent(request, match, authorization.context)),
  );
}

function answerOf(outcome: InvocationOutcome): GatewayResponse {
  if (outcome.ok) return proxyResponse(outcome.result);
  return gatewayError(502, 'InternalServerErrorException', 'Internal server error');
}

/** API Gateway gives every request an id of its own for tracing, unless the client brought one. */
function traceHeader(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

/**
 * The client's address. Everyone here comes from loopback, so what a client says in `X-Forwarded-For` stands for
 * the network it would come from; its last entry, as the nearest proxy appends.
 */
function sourceAddress(message: IncomingMessage): string {
  const forwarded = message.headers['x-forwarded-for'];
  const last = [forwarded ?? []].flat().join(',').split(',').at(-1)?.trim();
  return last !== undefined && isIP(last) !== 0 ? last : (message.socket.remoteAddress ?? '127.0.0.1');
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}
