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
 * joined with commas), or from the claims of a token that API Gateway or AppSync verified; else whoever signed
 * the request: a person of an identity pool rather than the role that all of them share.
 */
export function readIdentity(authorizer: unknown, iam?: unknown): Identity {
  const claims = field(authorizer, 'claims');
  return cleanIdentity({
    user:
      textField(authorizer, 'user') ??
      textField(authorizer, 'principalId') ??
      textField(authorizer, 'sub') ??
      textField(claims, 'sub') ??
      textField(iam, 'cognitoIdentityId') ??
      textField(field(iam, 'cognitoIdentity'), 'identityId') ??
      textField(iam, 'userArn'),
    tenant: textField(authorizer, 'tenant') ?? textField(claims, 'tenant'),
    roles: field(authorizer, 'roles') ?? field(authorizer, 'groups') ?? field(claims, 'cognito:groups'),
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
  const roles = cleanRoles(given.roles);
  if (user === undefined && tenant === undefined && roles === undefined) return NOBODY;
  const identity: { -readonly [K in keyof Identity]: Identity[K] } = {};
  if (user !== undefined) identity.user = user;
  if (tenant !== undefined) identity.tenant = tenant;
  if (roles !== undefined) identity.roles = roles;
  return identity;
}

/** Who is counted and capped; undefined where neither a user nor an address is known. */
export function principalOf(user: string | undefined, ip: string | undefined): string | undefined {
  if (user !== undefined) return `user:${user}`;
  return ip === undefined ? undefined : `ip:${ip}`;
}

/** API Gateway makes text of a list of claims: `[a b]` in HTTP APIs, `a,b` in REST APIs. */
function cleanRoles(given: unknown): readonly string[] | undefined {
  const list = typeof given === 'string' ? listed(given.slice(0, MAX_ROLES * MAX_ROLE_CHARS)) : given;
  if (!Array.isArray(list)) return undefined;
  const roles: string[] = [];
  for (const role of list.slice(0, MAX_ROLES) as readonly unknown[]) {
    const text = typeof role === 'string' ? role.trim().slice(0, MAX_ROLE_CHARS) : '';
    if (text !== '') roles.push(text);
  }
  return roles.length === 0 ? undefined : roles;
}

function listed(text: string): readonly string[] {
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1).split(/[\s,]+/) : text.split(',');
}
