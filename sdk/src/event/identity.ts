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

export const NOBODY: Identity = Object.freeze({});

/**
 * From the context that a Lambda authorizer returned: `user` (or `principalId`), `tenant`, `roles` (a list, or
 * joined with commas), or from the claims of a token that API Gateway or AppSync verified.
 */
export function readIdentity(authorizer: unknown): Identity {
  if (typeof authorizer !== 'object' || authorizer === null) return NOBODY;
  const claims = field(authorizer, 'claims');
  return cleanIdentity({
    user: name(authorizer, 'user') ?? name(authorizer, 'principalId') ?? name(claims, 'sub'),
    tenant: name(authorizer, 'tenant') ?? name(claims, 'tenant'),
    roles: rolesOf(field(authorizer, 'roles') ?? field(claims, 'cognito:groups')),
  });
}

/** Whoever signed the request: a person of an identity pool rather than the role that all of them share. */
export function readIamIdentity(iam: unknown): Identity {
  return cleanIdentity({
    user:
      name(iam, 'cognitoIdentityId') ??
      name(field(iam, 'cognitoIdentity'), 'identityId') ??
      name(iam, 'userArn'),
  });
}

/** AppSync's: whatever of its authorisation modes was used. */
export function readAppSyncIdentity(identity: unknown): Identity {
  const resolver = field(identity, 'resolverContext');
  if (resolver !== undefined) return readIdentity(resolver);
  const sub = name(identity, 'sub');
  if (sub === undefined) return readIamIdentity(identity);
  const claims = field(identity, 'claims');
  return cleanIdentity({
    user: sub,
    tenant: name(claims, 'tenant'),
    roles: rolesOf(field(identity, 'groups') ?? field(claims, 'cognito:groups')),
  });
}

/** Keeps what is usable of an identity, wherever it comes from. */
export function cleanIdentity(given: {
  readonly user?: unknown;
  readonly tenant?: unknown;
  readonly roles?: unknown;
}): Identity {
  const user = name(given, 'user');
  const tenant = name(given, 'tenant');
  const roles = Array.isArray(given.roles) ? cleanRoles(given.roles) : [];
  if (user === undefined && tenant === undefined && roles.length === 0) return NOBODY;
  const identity: { -readonly [K in keyof Identity]: Identity[K] } = {};
  if (user !== undefined) identity.user = user;
  if (tenant !== undefined) identity.tenant = tenant;
  if (roles.length > 0) identity.roles = roles;
  return identity;
}

/** Who is counted and capped; undefined where neither a user nor an address is known. */
export function principalOf(user: string | undefined, ip: string | undefined): string | undefined {
  if (user !== undefined) return `user:${user}`;
  return ip === undefined ? undefined : `ip:${ip}`;
}

function name(value: unknown, member: string): string | undefined {
  return textField(value, member, MAX_NAME_CHARS);
}

/** API Gateway makes text of a list of claims: `[a b]` in HTTP APIs, `a,b` in REST APIs. */
function rolesOf(roles: unknown): unknown {
  if (typeof roles !== 'string') return roles;
  const text = roles.slice(0, MAX_ROLES * MAX_ROLE_CHARS);
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1).split(/[\s,]+/) : text.split(',');
}

function cleanRoles(roles: readonly unknown[]): string[] {
  const clean: string[] = [];
  for (let i = 0; i < Math.min(roles.length, MAX_ROLES); i++) {
    const role = roles[i];
    const text = typeof role === 'string' ? role.trim().slice(0, MAX_ROLE_CHARS) : '';
    if (text !== '') clean.push(text);
  }
  return clean;
}
