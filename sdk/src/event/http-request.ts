/** Reads the events of whatever puts a function behind HTTP: API Gateway, function URLs, load balancers, VPC Lattice. */
import type { HeaderDraft } from '../correlation/correlation-headers.ts';
import { redactedText } from '../redaction/redacted-copy.ts';
import { field, textField } from './field.ts';
import { forwardedPeer } from './forwarded-peer.ts';
import type { HeaderNames } from './header-names.ts';
import { correlationHeaders } from './headers.ts';
import { cleanIdentity, type Identity, NOBODY, readIdentity } from './identity.ts';
import { methodRoute, templatedRoute } from './path-template.ts';
import type { Request } from './request-facts.ts';

export type RequestDraft = { -readonly [K in keyof Request]: Request[K] };

const MAX_ROUTE_CHARS = 256;
const MAX_PATH_CHARS = 1024;
const MAX_IP_CHARS = 64;
const MAX_METHOD_CHARS = 16;

/** Undefined for events that did not come over HTTP. */
export function httpRequest(event: unknown, names: HeaderNames): Request | undefined {
  const context = field(event, 'requestContext');
  const authorizer = field(context, 'authorizer');
  const caller = field(context, 'identity');
  const headers = (): HeaderDraft => correlationHeaders(event, names);

  const routeKey = field(event, 'routeKey');
  if (typeof routeKey === 'string' && field(event, 'version') === '2.0') {
    // HTTP APIs have templates; function URLs share their payload and have none.
    const url = textField(context, 'domainName')?.includes('.lambda-url.');
    const source = url ? 'aws:lambda:url' : 'aws:apigateway:http';
    const identity = readIdentity(
      field(authorizer, 'lambda') ?? field(authorizer, 'jwt'),
      field(authorizer, 'iam'),
    );
    return requestOf(event, 'http', source, headers(), identity, url ? undefined : routeKey);
  }
  if (field(context, 'elb') !== undefined) {
    const request = requestOf(event, 'rest', 'aws:elasticloadbalancing', headers());
    const peer = forwardedPeer(event);
    if (peer !== undefined) request.ip = peer;
    return request;
  }
  if (typeof field(context, 'connectionId') === 'string') {
    // A client that goes away gets no answer and must not be refused: its handler cleans up.
    const kind = field(context, 'eventType') === 'DISCONNECT' ? 'other' : 'rest';
    const route = `WEBSOCKET ${textField(context, 'routeKey') ?? '$default'}`;
    const found = headers();
    // After CONNECT there are no headers.
    const id = textField(context, 'requestId');
    if (id !== undefined) found['source-id'] = id;
    return requestOf(event, kind, 'aws:apigateway:websocket', found, readIdentity(authorizer, caller), route);
  }
  const resource = field(event, 'resource');
  const method = methodOf(event);
  if (typeof resource === 'string' && method !== undefined) {
    const route = methodRoute(method, resource);
    const identity = readIdentity(authorizer, caller);
    return requestOf(event, 'rest', 'aws:apigateway:rest', headers(), identity, route);
  }
  // Both versions of VPC Lattice's event; only the second says who signed the request.
  const second = typeof field(context, 'serviceArn') === 'string';
  if (method === undefined || !(second || typeof field(event, 'raw_path') === 'string')) return undefined;
  const identity = cleanIdentity({ user: second ? field(caller, 'principal') : undefined });
  return requestOf(event, 'rest', 'aws:vpc-lattice', headers(), identity);
}

/** A request with what every event of its kind may say of it; by default its route is made of its path. */
export function requestOf(
  event: unknown,
  kind: Request['kind'],
  source: string,
  headers: HeaderDraft,
  identity: Identity = NOBODY,
  given?: string,
): RequestDraft {
  const context = field(event, 'requestContext');
  const method = methodOf(event);
  const path = pathOf(event);
  const route = given ?? templatedRoute(method, path);
  const request: RequestDraft = {
    kind,
    source,
    route: route.length > MAX_ROUTE_CHARS ? route.slice(0, MAX_ROUTE_CHARS) : route,
    identity,
    headers,
  };
  if (method !== undefined) request.method = method;
  if (path !== undefined) request.path = redactedText(path, MAX_PATH_CHARS);
  const ip =
    textField(field(context, 'identity'), 'sourceIp', MAX_IP_CHARS) ??
    textField(field(context, 'http'), 'sourceIp', MAX_IP_CHARS);
  if (ip !== undefined) request.ip = ip;
  return request;
}

export function methodOf(event: unknown): string | undefined {
  return (
    textField(event, 'httpMethod', MAX_METHOD_CHARS) ??
    textField(field(field(event, 'requestContext'), 'http'), 'method', MAX_METHOD_CHARS) ??
    textField(event, 'method', MAX_METHOD_CHARS)
  );
}

function pathOf(event: unknown): string | undefined {
  const path =
    textField(event, 'path', MAX_PATH_CHARS) ??
    textField(event, 'rawPath', MAX_PATH_CHARS) ??
    textField(event, 'raw_path', MAX_PATH_CHARS);
  // VPC Lattice leaves the query in the path, where secrets are.
  const query = path === undefined ? -1 : path.indexOf('?');
  return query === -1 ? path : path?.slice(0, query);
}
