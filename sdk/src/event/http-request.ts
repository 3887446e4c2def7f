/** Reads the events of whatever puts a function behind HTTP: API Gateway, function URLs, load balancers, VPC Lattice. */
import type { CorrelationHeaders } from '../correlation/correlation-headers.ts';
import { redactedText } from '../redaction/redacted-copy.ts';
import { field, textField } from './field.ts';
import { forwardedPeer } from './forwarded-peer.ts';
import type { HeaderNames } from './header-names.ts';
import { correlationHeaders } from './headers.ts';
import { cleanIdentity, type Identity, NOBODY, readIamIdentity, readIdentity } from './identity.ts';
import { knownMethod, templatedRoute } from './path-template.ts';
import type { Request } from './request.ts';

interface RequestFacts {
  readonly kind: Request['kind'];
  readonly source: string;
  readonly route: string;
  readonly identity: Identity;
  readonly method?: string | undefined;
  /** As it came; redacted here. */
  readonly path?: string | undefined;
  /** Address of the client where the gateway's context has none. */
  readonly peer?: string | undefined;
  readonly headers: CorrelationHeaders;
}

const MAX_ROUTE_CHARS = 256;
const MAX_PATH_CHARS = 1024;
const MAX_IP_CHARS = 64;
const MAX_METHOD_CHARS = 16;

/** Undefined for events that did not come over HTTP. */
export function httpRequest(event: unknown, names: HeaderNames): Request | undefined {
  const context = field(event, 'requestContext');
  const routeKey = field(event, 'routeKey');
  if (typeof routeKey === 'string' && field(event, 'version') === '2.0') {
    return payloadV2(event, context, routeKey, names);
  }
  if (field(context, 'elb') !== undefined) return loadBalancer(event, names);
  if (typeof field(context, 'connectionId') === 'string') return webSocket(event, context, names);
  const resource = field(event, 'resource');
  if (typeof resource === 'string' && typeof field(event, 'httpMethod') === 'string') {
    return rest(event, context, resource, names);
  }
  return lattice(event, context, names);
}

/** A request with what every event of this kind may say of it. */
export function requestOf(
  event: unknown,
  { kind, source, route, identity, method, path, peer, headers }: RequestFacts,
): Request {
  const context = field(event, 'requestContext');
  const request: { -readonly [K in keyof Request]: Request[K] } = { kind, source, route, identity, headers };
  if (method !== undefined) request.method = method;
  if (path !== undefined) request.path = redactedText(path, MAX_PATH_CHARS);
  const ip =
    peer ??
    textField(field(context, 'identity'), 'sourceIp', MAX_IP_CHARS) ??
    textField(field(context, 'http'), 'sourceIp', MAX_IP_CHARS);
  if (ip !== undefined) request.ip = ip;
  return request;
}

function rest(event: unknown, context: unknown, resource: string, names: HeaderNames): Request {
  const method = methodOf(event);
  return requestOf(event, {
    kind: 'rest',
    source: 'aws:apigateway:rest',
    route: `${knownMethod(method)} ${resource}`.slice(0, MAX_ROUTE_CHARS),
    identity: gatewayIdentity(context),
    method,
    path: pathOf(event),
    headers: correlationHeaders(event, names),
  });
}

/** HTTP APIs have templates; function URLs share their payload and have none. */
function payloadV2(event: unknown, context: unknown, routeKey: string, names: HeaderNames): Request {
  const method = methodOf(event);
  const path = pathOf(event);
  const domain = field(context, 'domainName');
  const url = typeof domain === 'string' && domain.includes('.lambda-url.');
  return requestOf(event, {
    kind: 'http',
    source: url ? 'aws:lambda:url' : 'aws:apigateway:http',
    route: url ? templatedRoute(method, path) : routeKey.slice(0, MAX_ROUTE_CHARS),
    identity: payloadV2Identity(field(context, 'authorizer')),
    method,
    path,
    headers: correlationHeaders(event, names),
  });
}

/** A client that goes away gets no answer and must not be refused: its handler cleans up. */
function webSocket(event: unknown, context: unknown, names: HeaderNames): Request {
  const headers = correlationHeaders(event, names);
  // After CONNECT there are no headers.
  const id = textField(context, 'requestId', MAX_ROUTE_CHARS);
  if (id !== undefined) headers['source-id'] = id;
  const routeKey = textField(context, 'routeKey', MAX_ROUTE_CHARS) ?? '$default';
  return requestOf(event, {
    kind: field(context, 'eventType') === 'DISCONNECT' ? 'other' : 'rest',
    source: 'aws:apigateway:websocket',
    route: `WEBSOCKET ${routeKey}`.slice(0, MAX_ROUTE_CHARS),
    identity: gatewayIdentity(context),
    headers,
  });
}

function loadBalancer(event: unknown, names: HeaderNames): Request {
  const method = methodOf(event);
  const path = pathOf(event);
  return requestOf(event, {
    kind: 'rest',
    source: 'aws:elasticloadbalancing',
    route: templatedRoute(method, path),
    identity: NOBODY,
    method,
    path,
    peer: forwardedPeer(event),
    headers: correlationHeaders(event, names),
  });
}

/** Both versions of its event; only the second says who signed the request. */
function lattice(event: unknown, context: unknown, names: HeaderNames): Request | undefined {
  const second = typeof field(context, 'serviceArn') === 'string';
  if (!second && typeof field(event, 'raw_path') !== 'string') return undefined;
  const method = textField(event, 'method', MAX_METHOD_CHARS);
  if (method === undefined) return undefined;
  const path = pathOf(event);
  return requestOf(event, {
    kind: 'rest',
    source: 'aws:vpc-lattice',
    route: templatedRoute(method, path),
    identity: second ? cleanIdentity({ user: field(field(context, 'identity'), 'principal') }) : NOBODY,
    method,
    path,
    headers: correlationHeaders(event, names),
  });
}

/** Of REST and WebSocket APIs: a Lambda or Cognito authorizer, or IAM. */
function gatewayIdentity(context: unknown): Identity {
  const identity = readIdentity(field(context, 'authorizer'));
  return identity === NOBODY ? readIamIdentity(field(context, 'identity')) : identity;
}

function payloadV2Identity(authorizer: unknown): Identity {
  if (authorizer === undefined) return NOBODY;
  const lambda = field(authorizer, 'lambda');
  if (lambda !== undefined) return readIdentity(lambda);
  const jwt = field(authorizer, 'jwt');
  return jwt === undefined
    ? readIamIdentity(field(authorizer, 'iam'))
    : readIdentity({ claims: field(jwt, 'claims') });
}

export function methodOf(event: unknown): string | undefined {
  return (
    textField(event, 'httpMethod', MAX_METHOD_CHARS) ??
    textField(field(field(event, 'requestContext'), 'http'), 'method', MAX_METHOD_CHARS)
  );
}

export function pathOf(event: unknown): string | undefined {
  const path =
    textField(event, 'path', MAX_PATH_CHARS) ??
    textField(event, 'rawPath', MAX_PATH_CHARS) ??
    textField(event, 'raw_path', MAX_PATH_CHARS);
  // VPC Lattice leaves the query in the path, where secrets are.
  const query = path === undefined ? -1 : path.indexOf('?');
  return query === -1 ? path : path?.slice(0, query);
}
