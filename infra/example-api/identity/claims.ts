/** The claims of this API's tokens, beside the registered ones, and how a principal is read from them. */
import {
  array,
  type GenericSchema,
  maxLength,
  minLength,
  object,
  pipe,
  regex,
  safeParse,
  string,
} from 'valibot';
import type { Principal } from '../http/principal.ts';

/** The only algorithm that is issued or accepted. */
export const TOKEN_ALGORITHM = 'ES256';

export const CLAIM_TENANT = 'tenant';
export const CLAIM_ROLES = 'roles';

const MAX_NAME_LENGTH = 128;
const MAX_ROLES = 16;

const name = pipe(string(), minLength(1), maxLength(MAX_NAME_LENGTH));

const ClaimsSchema = object({
  sub: name,
  [CLAIM_TENANT]: name,
  // No commas: the authorizer's context joins roles with them.
  [CLAIM_ROLES]: pipe(array(pipe(string(), regex(/^[a-z][a-z0-9_-]{0,31}$/))), maxLength(MAX_ROLES)),
}) satisfies GenericSchema;

/** The principal that verified claims name, or undefined when they are not of this API's shape. */
export function readClaims(claims: unknown): Principal | undefined {
  const result = safeParse(ClaimsSchema, claims);
  if (!result.success) return undefined;
  return { user: result.output.sub, tenant: result.output.tenant, roles: result.output.roles };
}
