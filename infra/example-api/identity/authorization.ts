/** The checks that a route makes of its caller, again behind the authorizer's own. */
import { type Role, routeKey } from '../api.ts';
import type { Principal } from '../http/principal.ts';
import { DeniedProblem } from '../http/problem.ts';
import type { Request } from '../http/request.ts';

/** The caller. Throws `DeniedProblem` (401) when the gateway let somebody through whom nobody verified. */
export function requirePrincipal(request: Request): Principal {
  if (request.principal !== undefined) return request.principal;
  throw new DeniedProblem(401, 'This needs a valid token.', {
    target: routeKey(request.method, request.resource),
    reason: 'no_identity',
  });
}

/** The caller, who must have the role in the token's tenant. Throws `DeniedProblem` (401, 403). */
export function requireRole(request: Request, role: Role): Principal {
  const principal = requirePrincipal(request);
  if (principal.roles.includes(role)) return principal;
  throw new DeniedProblem(403, 'You may not do this.', {
    target: routeKey(request.method, request.resource),
    reason: missingRole(role),
  });
}

/** Reason in the trail when a role is missing. */
export function missingRole(role: Role): string {
  return `missing_role_${role}`;
}
