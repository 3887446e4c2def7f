/** Reads each function's settings from the environment, once, when the function starts. */
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { JWK } from 'jose';
import { array, literal, looseObject, minLength, never, object, optional, pipe, string } from 'valibot';
import { type Environment, httpUrl, json, optionalMilliseconds, text } from './environment.ts';
import { TOKEN_ALGORITHM } from './identity/claims.ts';

/** The only reading of the process's environment. */
export const environment: Environment = process.env;

export interface LimitsConfig {
  readonly tables: { readonly limits: string; readonly buckets: string };
  /** Milliseconds that a request may wait for newer caps; the limiter's own default when absent. */
  readonly refreshBudgetMs?: number;
  /** Milliseconds after which caps are read again beside a request; the limiter's own default when absent. */
  readonly softMs?: number;
  /** Milliseconds that a request may wait for a shared bucket; the limiter's own default when absent. */
  readonly bucketTimeoutMs?: number;
}

export interface TokenConfig {
  readonly issuer: string;
  readonly audience: string;
}

export interface OrdersConfig {
  readonly ordersTable: string;
  readonly usersTable: string;
  readonly token: TokenConfig & { readonly privateJwk: JWK };
  /** Without a slash at its end. */
  readonly inventoryUrl: string;
  readonly limits: LimitsConfig;
}

export interface InventoryConfig {
  readonly inventoryTable: string;
  readonly limits: LimitsConfig;
}

export interface AuthorizerConfig {
  readonly token: TokenConfig & { readonly jwks: Jwks };
}

/** Throws `ConfigError`. */
export function ordersConfig(env: Environment): OrdersConfig {
  return {
    ordersTable: text(env, 'ORDERS_TABLE'),
    usersTable: text(env, 'USERS_TABLE'),
    token: { ...tokenConfig(env), privateJwk: json(env, 'JWT_PRIVATE_JWK', PRIVATE_JWK) },
    inventoryUrl: httpUrl(env, 'INVENTORY_URL'),
    limits: limitsConfig(env),
  };
}

/** Throws `ConfigError`. */
export function inventoryConfig(env: Environment): InventoryConfig {
  return { inventoryTable: text(env, 'INVENTORY_TABLE'), limits: limitsConfig(env) };
}

/** Throws `ConfigError`. */
export function authorizerConfig(env: Environment): AuthorizerConfig {
  return { token: { ...tokenConfig(env), jwks: json(env, 'JWT_JWKS', JWKS) as Jwks } };
}

function limitsConfig(env: Environment): LimitsConfig {
  const refreshBudgetMs = optionalMilliseconds(env, 'TRAILGATE_REFRESH_BUDGET_MS');
  const softMs = optionalMilliseconds(env, 'TRAILGATE_CAP_POLL_MS');
  const bucketTimeoutMs = optionalMilliseconds(env, 'TRAILGATE_BUCKET_TIMEOUT_MS');
  return {
    tables: { limits: text(env, 'LIMITS_TABLE'), buckets: text(env, 'BUCKETS_TABLE') },
    ...(refreshBudgetMs === undefined ? {} : { refreshBudgetMs }),
    ...(softMs === undefined ? {} : { softMs }),
    ...(bucketTimeoutMs === undefined ? {} : { bucketTimeoutMs }),
  };
}

function tokenConfig(env: Environment): TokenConfig {
  return { issuer: text(env, 'JWT_ISSUER'), audience: text(env, 'JWT_AUDIENCE') };
}

const JwkSchema = looseObject({
  kty: literal('EC'),
  crv: literal('P-256'),
  x: string(),
  y: string(),
  kid: string(),
});

const PRIVATE_JWK = {
  expected: 'a private P-256 JWK with kid, as JSON',
  schema: looseObject({ ...JwkSchema.entries, d: string() }),
};

/** `alg` fixes the algorithm; a `d` would be a private key handed to who only verifies. */
const JWKS = {
  expected: 'a JWKS of public P-256 keys with kid and alg ES256, as JSON',
  schema: object({
    keys: pipe(
      array(looseObject({ ...JwkSchema.entries, alg: literal(TOKEN_ALGORITHM), d: optional(never()) })),
      minLength(1),
    ),
  }),
};
