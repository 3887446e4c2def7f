/** Says who is calling, from what the gateway's authorizer vouches for and never from what the client sent. */
import { field, textField } from './field.ts';

export interface Identity {
  readonly user?: string;
  readonly tenant?: string;
  readonly roles?: readonly string[];
}

export const MAX_NAME_CHARS = 256;
const MAX_ROLES = 20;
const MAX_ROLE_CHARS = 64;

/** Tenant of those that no authorizer gave one. */
export const NO_TENANT = '-';

/** `authorizer` is the context that the authorizer returned: `user` (or `principalId`), `tenant`, `roles` joined with commas. */
export function readIdentity(authorizer: unknown): Identity {
  const roles = field(authorizer, 'roles');
  return cleanIdentity({
    user:
      textField(authorizer, 'user', MAX_NAME_CHARS) ?? textField(authorizer, 'principalId', MAX_NAME_CHARS),
    tenant: textField(authorizer, 'tenant', MAX_NAME_CHARS),
    roles: typeof roles === 'string' ? roles.split(',') : undefined,
  });
}

/** Keeps what is usable of an identity, wherever it comes from. */
export function cleanIdentity(given: {
  readonly user?: unknown;
  readonly tenant?: unknown;
  readonly roles?: unknown;
}): Identity {
  const user = textField(given, 'user', MAX_NAME_CHARS);
  const tenant = textField(given, 'tenant', MAX_NAME_CHARS);
  const roles = Array.isArray(given.roles) ? cleanRoles(given.roles) : [];
  return {
    ...(user === undefined ? {} : { user }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(roles.length === 0 ? {} : { roles }),
  };
}

/** Who is counted and capped; undefined where neither a user nor an address is known. */
export function principalOf(user: string | undefined, ip: string | undefined): string | undefined {
  if (user !== undefined) return `user:${user}`;
  return ip === undefined ? undefined : `ip:${ip}`;
}

function cleanRoles(roles: readonly unknown[]): string[] {
  return roles
    .slice(0, MAX_ROLES)
    .filter((role): role is string => typeof role === 'string')
    .map((role) => role.trim().slice(0, MAX_ROLE_CHARS))
    .filter((role) => role !== '');
}
