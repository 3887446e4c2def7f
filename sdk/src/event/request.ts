/** Tells what an event asks for and of whom it comes, for the event shapes that Lambda delivers. */
import { authorizerRequest } from './authorizer-request.ts';
import { clientAddress } from './client-address.ts';
import { eventHeaders } from './event-headers.ts';
import { eventSource } from './event-source.ts';
import { textField } from './field.ts';
import { type HeaderNames, trustedNames, untrustedNames } from './header-names.ts';
import { httpRequest } from './http-request.ts';
import { MAX_NAME_CHARS, NOBODY } from './identity.ts';
import type { Request } from './request-facts.ts';
import { objectLambdaRequest, resolverRequest } from './resolver-request.ts';

export type { Request } from './request-facts.ts';

const MAX_ROUTE_CHARS = 256;

/**
 * Never throws: an event that cannot be read is of an unknown source.
 * @param trustClientKeep clients may ask over HTTP for their request to be kept
 * @param lambda the invocation's context: `clientContext` carries ids of direct calls, `tenantId` the tenant of functions with tenant isolation
 * @param addressHeader whose value is the address of a client over HTTP, in lower case; empty for none
 */
export function readRequest(
  event: unknown,
  lambda?: unknown,
  trustClientKeep = false,
  addressHeader = '',
): Request {
  try {
    const names = trustClientKeep ? trustedNames : untrustedNames;
    const request = withPlatformTenant(read(event, lambda, names), lambda);
    if (addressHeader === '' || request.kind === 'other') return request;
    const ip = clientAddress(event, addressHeader);
    return ip === undefined ? request : { ...request, ip };
  } catch {
    // A getter or a proxy in the event threw; the handler gets it all the same.
    return { kind: 'other', source: 'unknown', route: 'unknown', identity: NOBODY, headers: {} };
  }
}

function read(event: unknown, lambda: unknown, names: HeaderNames): Request {
  return (
    authorizerRequest(event, names) ??
    httpRequest(event, names) ??
    resolverRequest(event, names) ??
    objectLambdaRequest(event, names) ??
    otherRequest(event, lambda)
  );
}

function otherRequest(event: unknown, lambda: unknown): Request {
  const source = eventSource(event).slice(0, MAX_ROUTE_CHARS);
  return { kind: 'other', source, route: source, identity: NOBODY, headers: eventHeaders(event, lambda) };
}

/** Functions with tenant isolation are told the tenant by the platform. */
function withPlatformTenant(request: Request, lambda: unknown): Request {
  if (lambda === undefined || request.identity.tenant !== undefined) return request;
  const tenant = textField(lambda, 'tenantId', MAX_NAME_CHARS);
  return tenant === undefined ? request : { ...request, identity: { ...request.identity, tenant } };
}
