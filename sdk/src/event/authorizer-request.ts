/** Reads the events of authorizers, which decide for a gateway who may call. */
import { field, textField } from './field.ts';
import type { HeaderNames } from './header-names.ts';
import { correlationHeaders, takeHeaders } from './headers.ts';
import { methodOf, requestOf } from './http-request.ts';
import { NOBODY } from './identity.ts';
import { methodRoute, templatedRoute } from './path-template.ts';
import type { Request } from './request-facts.ts';

const UNKNOWN = 'authorizer';
/** `arn:aws:execute-api:region:account:api/stage/METHOD/path` */
const METHOD_ARN = /^arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*\/[^/]*\/([^/]*)(\/.*)?$/;
const MAX_ARN_CHARS = 2048;

/** Undefined for events of no authorizer. The caller is not known yet: deciding that is what the authorizer is for. */
export function authorizerRequest(event: unknown, names: HeaderNames): Request | undefined {
  const type = field(event, 'type');
  if (type === 'TOKEN' || type === 'REQUEST') {
    const headers = correlationHeaders(event, names);
    return requestOf(event, UNKNOWN, 'aws:apigateway:authorizer', headers, NOBODY, routeOf(event));
  }
  const headers = field(event, 'requestHeaders');
  if (headers === undefined || typeof field(event, 'authorizationToken') !== 'string') return undefined;
  const taken = takeHeaders(headers, names);
  return requestOf(event, UNKNOWN, 'aws:appsync:authorizer', taken, NOBODY, UNKNOWN);
}

function routeOf(event: unknown): string {
  const routeKey = textField(event, 'routeKey');
  if (routeKey !== undefined) return routeKey;
  const resource = textField(event, 'resource');
  if (resource !== undefined) return methodRoute(methodOf(event), resource);
  // A TOKEN authorizer is told no more than the ARN, with the path that the client asked for.
  const match = METHOD_ARN.exec(textField(event, 'methodArn', MAX_ARN_CHARS) ?? '');
  return match === null ? UNKNOWN : templatedRoute(match[1], match[2]);
}
