/** Tells what an event asks for and of whom it comes, for the event shapes that Lambda delivers. */
import type { CorrelationHeaders } from '../correlation/correlation.ts';
import { redactedText } from '../redaction/redacted-copy.ts';
import { eventSource } from './event-source.ts';
import { field, textField } from './field.ts';
import { correlationHeaders } from './headers.ts';
import { type Identity, readIdentity } from './identity.ts';
import { methodArnRoute } from './method-arn.ts';

export interface Request {
  /** `rest` and `http` are answered to a client, `authorizer` with a policy, `other` to the platform. */
  readonly kind: 'rest' | 'http' | 'authorizer' | 'other';
  /** `METHOD /template`, or the event source's name. */
  readonly route: string;
  readonly method?: string;
  readonly path?: string;
  readonly ip?: string;
  readonly identity: Identity;
  readonly headers: CorrelationHeaders;
}

const MAX_ROUTE_CHARS = 256;
const MAX_PATH_CHARS = 1024;
const MAX_IP_CHARS = 64;
const MAX_METHOD_CHARS = 16;

/** Never throws: an event that cannot be read is of an unknown source. */
export function readRequest(event: unknown): Request {
  try {
    const type = field(event, 'type');
    if (type === 'TOKEN' || type === 'REQUEST') return authorizerRequest(event);
    if (typeof field(event, 'routeKey') === 'string' && field(event, 'version') === '2.0') {
      return gatewayRequest('http', event);
    }
    if (typeof field(event, 'httpMethod') === 'string' && typeof field(event, 'resource') === 'string') {
      return gatewayRequest('rest', event);
    }
    return { kind: 'other', route: eventSource(event).slice(0, MAX_ROUTE_CHARS), identity: {}, headers: {} };
  } catch {
    // A getter or a proxy in the event threw; the handler gets it all the same.
    return { kind: 'other', route: 'unknown', identity: {}, headers: {} };
  }
}

function gatewayRequest(kind: 'rest' | 'http', event: unknown): Request {
  const authorizer = field(field(event, 'requestContext'), 'authorizer');
  return {
    kind,
    ...common(event),
    identity: readIdentity(kind === 'rest' ? authorizer : field(authorizer, 'lambda')),
  };
}

/** The caller is not known yet: deciding that is what the authorizer is for. */
function authorizerRequest(event: unknown): Request {
  return { kind: 'authorizer', ...common(event), identity: {} };
}

function common(event: unknown): Omit<Request, 'kind' | 'identity'> {
  const context = field(event, 'requestContext');
  const http = field(context, 'http');
  const method =
    textField(event, 'httpMethod', MAX_METHOD_CHARS) ?? textField(http, 'method', MAX_METHOD_CHARS);
  const path = textField(event, 'path', MAX_PATH_CHARS) ?? textField(event, 'rawPath', MAX_PATH_CHARS);
  const ip =
    textField(field(context, 'identity'), 'sourceIp', MAX_IP_CHARS) ??
    textField(http, 'sourceIp', MAX_IP_CHARS);
  return {
    route: routeOf(event).slice(0, MAX_ROUTE_CHARS),
    headers: correlationHeaders(event),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path: redactedText(path, MAX_PATH_CHARS) }),
    ...(ip === undefined ? {} : { ip }),
  };
}

function routeOf(event: unknown): string {
  const routeKey = textField(event, 'routeKey', MAX_ROUTE_CHARS);
  if (routeKey !== undefined) return routeKey;
  const resource = textField(event, 'resource', MAX_ROUTE_CHARS);
  if (resource !== undefined)
    return `${textField(event, 'httpMethod', MAX_METHOD_CHARS) ?? 'ANY'} ${resource}`;
  return redactedText(methodArnRoute(field(event, 'methodArn')), MAX_ROUTE_CHARS);
}
