/** Reads functions' settings from the environment, once, when a function starts: each reads those that its routes need. */
import type { JsonWebKey } from 'node:crypto';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { array, literal, looseObject, minLength, never, object, optional, pipe, string } from 'valibot';
import { ConfigError, type Environment, httpUrl, json, optionalMilliseconds, text } from './environment.ts';
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

export type SigningKey =
  | { readonly is: 'kms'; readonly keyId: string }
  | { readonly is: 'jwk'; readonly privateJwk: JsonWebKey & { readonly kid: string } };

export type VerifyingKey =
  | { readonly is: 'kms'; readonly keyId: string }
  | { readonly is: 'jwks'; readonly jwks: Jwks };

/** Name of one of the shop's tables. Throws `ConfigError`. */
export function tableName(env: Environment, table: 'ORDERS' | 'USERS' | 'INVENTORY'): string {
  return text(env, `${table}_TABLE`);
}

/** Where the API's own calls to the inventory go, without a slash at its end. Throws `ConfigError`. */
export function inventoryUrl(env: Environment): string {
  return httpUrl(env, 'INVENTORY_URL');
}

/** Queue of orders that are put off; undefined where none is. Throws `ConfigError`. */
export function ordersQueueUrl(env: Environment): string | undefined {
  return env.ORDERS_QUEUE_URL === undefined || env.ORDERS_QUEUE_URL === ''
    ? undefined
    : httpUrl(env, 'ORDERS_QUEUE_URL');
}

/** Throws `ConfigError`. */
export function limitsConfig(env: Environment): LimitsConfig {
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

/** Throws `ConfigError`. */
export function tokenConfig(env: Environment): TokenConfig {
  return { issuer: text(env, 'JWT_ISSUER'), audience: text(env, 'JWT_AUDIENCE') };
}

/** Who checks a caller's token: the gateway's authorizer, or the function behind its own URL. Throws `ConfigError`. */
export function checksTokens(env: Environment): boolean {
  const { TOKEN_CHECK: check = '' } = env;
  if (check === '' || check === 'gateway') return false;
  if (check === 'function') return true;
  throw new ConfigError('TOKEN_CHECK', 'gateway or function', 'something else');
}

/** Throws `ConfigError`, also where both kinds of key are given, or none. */
export function signingKey(env: Environment): SigningKey {
  const keyId = kmsKeyId(env, 'JWT_PRIVATE_JWK');
  if (keyId !== undefined) return { is: 'kms', keyId };
  return { is: 'jwk', privateJwk: json(env, 'JWT_PRIVATE_JWK', PRIVATE_JWK) };
}

/** Throws `ConfigError`, also where both kinds of key are given, or none. */
export function verifyingKey(env: Environment): VerifyingKey {
  const keyId = kmsKeyId(env, 'JWT_JWKS');
  if (keyId !== undefined) return { is: 'kms', keyId };
  return { is: 'jwks', jwks: json(env, 'JWT_JWKS', JWKS) as Jwks };
}

/** Undefined where the key is in the other variable. */
function kmsKeyId(env: Environment, other: string): string | undefined {
  const keyId = env.TOKEN_KEY_ID ?? '';
  const hasOther = (env[other] ?? '') !== '';
  if ((keyId !== '') !== hasOther) return keyId === '' ? undefined : keyId;
  throw new ConfigError('TOKEN_KEY_ID', `either it or ${other}`, hasOther ? 'both' : 'neither');
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
