/** Signs the tokens that callers show the gateway: after a login, and for the API's own calls. */
import { importJWK, type JWK, SignJWT } from 'jose';
import type { Principal } from '../http/principal.ts';
import { CLAIM_ROLES, CLAIM_TENANT, TOKEN_ALGORITHM } from './claims.ts';

export interface TokenIssuerOptions {
  /** ES256, with `kid`. */
  readonly privateJwk: JWK;
  readonly issuer: string;
  readonly audience: string;
}

export interface TokenIssuer {
  /** A signed token that is valid for `seconds` from `now` (epoch ms). */
  issue(principal: Principal, seconds: number, now: number): Promise<string>;
}

export function createTokenIssuer(options: TokenIssuerOptions): TokenIssuer {
  const key = importJWK(options.privateJwk, TOKEN_ALGORITHM);
  const { kid } = options.privateJwk;
  return {
    async issue(principal, seconds, now) {
      const issuedAt = Math.floor(now / 1000);
      return new SignJWT({ [CLAIM_TENANT]: principal.tenant, [CLAIM_ROLES]: principal.roles })
        .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
        .setSubject(principal.user)
        .setIssuer(options.issuer)
        .setAudience(options.audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(await key);
    },
  };
}
