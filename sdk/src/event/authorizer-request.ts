/** Reads the events of authorizers, which decide for a gateway who may call. */
import type { CorrelationHeaders } from '../correlation/correlation-headers.ts';
import { field, textField } from './field.ts';
import type { HeaderNames } from './header-names.ts';
import { correlationHeaders, takeHeaders } from './headers.ts';
import { methodOf, pathOf, requestOf } from './http-request.ts';
import { NOBODY } from './identity.ts';
import { methodArnRoute } from './method-arn.ts';
import { knownMethod } from './path-template.ts';
import type { Request } from './request.ts';

const MAX_ROUTE_CHARS = 256;

/** Undefined for events of no authorizer. The caller is not known yet: deciding that is what the authorizer is for. */
export function authorizerRequest(event: unknown, names: HeaderNames): Request | undefined {
  const type = field(event, 'type');
  if (type === 'TOKEN' || type === 'REQUEST') {
    return requestOf(event, {
      kind: 'authorizer',
      source: 'aws:apigateway:authorizer',
      route: routeOf(event),
      identity: NOBODY,
      method: methodOf(event),
      path: pathOf(event),
      headers: correlationHeaders(event, names),
    });
  }
  if (typeof field(event, 'authorizationToken') !== 'string') return undefined;
  if (field(event, 'requestHeaders') === undefined) return undefined;
  return {
    kind: 'authorizer',
    source: 'aws:appsync:authorizer',
    route: 'authorizer',
    identity: NOBODY,
    headers: appSyncHeaders(event, names),
  };
}

function routeOf(event: unknown): string {
  const routeKey = textField(event, 'routeKey', MAX_ROUTE_CHARS);
  if (routeKey !== undefined) return routeKey;
  const resource = textField(event, 'resource', MAX_ROUTE_CHARS);
  if (resource === undefined) return methodArnRoute(field(event, 'methodArn'));
  return `${knownMethod(methodOf(event))} ${resource}`.slice(0, MAX_ROUTE_CHARS);
}

function appSyncHeaders(event: unknown, names: HeaderNames): CorrelationHeaders {
  const draft = {};
  takeHeaders(field(event, 'requestHeaders'), names, draft);
  return draft;
}
