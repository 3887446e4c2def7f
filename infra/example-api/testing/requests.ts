/** Requests as routes see them, for tests. */
import type { Principal } from '../http/principal.ts';
import type { Request } from '../http/request.ts';

export const ANNA: Principal = { user: 'anna', tenant: 'acme', roles: [] };
export const BEN: Principal = { user: 'ben', tenant: 'acme', roles: [] };
export const ADA_ADMIN: Principal = { user: 'ada', tenant: 'acme', roles: ['admin'] };
export const SERVICE: Principal = { user: 'service:orders', tenant: 'acme', roles: ['service'] };

/** A request for `METHOD /template`; objects are sent as JSON, strings as they are. */
export function request(
  key: string,
  given: {
    readonly principal?: Principal;
    readonly body?: unknown;
    readonly path?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Request {
  const [method = '', resource = ''] = key.split(' ');
  const { body } = given;
  return {
    method,
    resource,
    pathParameters: given.path ?? {},
    headers: given.headers ?? {},
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    principal: given.principal,
  };
}
