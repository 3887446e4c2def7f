/** The public half of a signing key, as verifiers are given it. */
import { createHash, type KeyObject } from 'node:crypto';
import { TOKEN_ALGORITHM } from './claims.ts';

export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: typeof TOKEN_ALGORITHM;
  readonly use: 'sig';
}

/** A key that is no P-256 key and so signs no token of this API. */
export class TokenKeyError extends Error {
  readonly code = 'TOKEN_KEY_INVALID';

  constructor(where: string, got: string) {
    super(`${where}: expected a P-256 key for signatures, got ${got}`);
    this.name = 'TokenKeyError';
  }
}

/** Named by its RFC 7638 thumbprint. Throws `TokenKeyError`, whose message begins with `where`. */
export function publicJwk(key: KeyObject, where: string): PublicJwk {
  const { kty, crv, x, y } = key.export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) {
    throw new TokenKeyError(where, `${kty}${crv === undefined ? '' : ` ${crv}`}`);
  }
  // Member names in this order, no spaces: RFC 7638 §3.
  const members = JSON.stringify({ crv, kty, x, y });
  const kid = createHash('sha256').update(members).digest('base64url');
  return { kty, crv, x, y, kid, alg: TOKEN_ALGORITHM, use: 'sig' };
}
