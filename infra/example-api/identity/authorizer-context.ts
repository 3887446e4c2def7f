/** The trusted context that the authorizer hands to the functions through the gateway, written and read. */
import type { Principal } from '../http/principal.ts';

/** API Gateway carries only strings, numbers and booleans. */
export interface AuthorizerContext {
  readonly user: string;
  readonly tenant: string;
  /** Joined by commas, which a role's name cannot hold. */
  readonly roles: string;
}

export function toAuthorizerContext(principal: Principal): AuthorizerContext {
  return { user: principal.user, tenant: principal.tenant, roles: principal.roles.join(',') };
}

/** The caller that a context names; nobody where it is absent or incomplete. */
export function fromAuthorizerContext(context: unknown): Principal | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const { user, tenant, roles } = context as Readonly<Record<string, unknown>>;
  if (!isName(user) || !isName(tenant) || typeof roles !== 'string') return undefined;
  return { user, tenant, roles: roles === '' ? [] : roles.split(',') };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
