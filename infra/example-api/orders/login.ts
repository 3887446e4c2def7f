/** `POST /login`: gives a token to who knows the password, and tells nobody which part was wrong. */
import type { Trailgate } from '@trailgate/sdk';
import { description, maxLength, minLength, optional, pipe, regex, strictObject, string } from 'valibot';
import { readBody } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import type { Route } from '../http/router.ts';
import { verifyPassword } from '../identity/password.ts';
import type { TokenIssuer } from '../identity/token-issuer.ts';
import type { Credentials, UserStore } from '../identity/user-store.ts';

/** Seconds that a login's token is valid. */
export const TOKEN_SECONDS = 3_600;
/** Tenant of who names none. */
export const DEFAULT_TENANT = 'main';
/** Longest user name in the trail, which a stranger may fill. */
const MAX_TRAIL_USER_LENGTH = 64;

export const LoginSchema = strictObject({
  user: pipe(string(), minLength(1), maxLength(128), description('a string of 1 to 128 characters')),
  password: pipe(string(), minLength(1), maxLength(256), description('a string of 1 to 256 characters')),
  tenant: pipe(
    optional(pipe(string(), regex(/^[a-z0-9-]{1,32}$/)), DEFAULT_TENANT),
    description('1 to 32 lower-case letters, digits and dashes'),
  ),
});

export interface LoginPorts {
  readonly users: UserStore;
  readonly tokens: TokenIssuer;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly trail: Pick<Trailgate['trail'], 'loginSucceeded' | 'loginFailed'>;
}

/**
 * The trail's events stay with the address that the login came from: who is only tried is not yet who calls, and a
 * tenant that a stranger names must not spread one attacker over many.
 */
export function login({ users, tokens, clock, trail }: LoginPorts): Route {
  return async (request) => {
    const { user, password, tenant } = readBody(request, LoginSchema);
    const credentials = await users.find(tenant, user);
    if (credentials === undefined) throw new UnseededUsersError();
    const tried = printable(user);
    if (!(await knows(password, credentials))) {
      trail.loginFailed({ user: tried, reason: 'bad_credentials' });
      throw new Problem(401, 'User or password is wrong.', { 'www-authenticate': 'Bearer' });
    }
    const principal = { user, tenant, roles: credentials.roles };
    const token = await tokens.issue(principal, TOKEN_SECONDS, clock());
    trail.loginSucceeded({ user: tried });
    return { status: 200, body: { token, expiresIn: TOKEN_SECONDS } };
  };
}

/** Hashes in either case, so that the time does not tell whether the user exists. */
async function knows(password: string, { passwordHash, known }: Credentials): Promise<boolean> {
  const matches = await verifyPassword(password, passwordHash);
  return matches && known;
}

/** What may be shown of a user name that a stranger sent. */
export function printable(user: string): string {
  return user.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_TRAIL_USER_LENGTH);
}

export class UnseededUsersError extends Error {
  readonly code = 'USERS_NOT_SEEDED';

  constructor() {
    super('table of users: expected the stand-in hash that seeding writes, got nothing');
    this.name = 'UnseededUsersError';
  }
}
