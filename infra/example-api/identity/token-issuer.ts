/** Issues the tokens that callers show the gateway: after a login, and for the API's own calls. */
import type { Principal } from '../http/principal.ts';
import { CLAIM_ROLES, CLAIM_TENANT, TOKEN_ALGORITHM } from './claims.ts';
import type { TokenSigner } from './token-signer.ts';

export interface TokenIssuerOptions {
  readonly signer: TokenSigner;
  readonly issuer: string;
  readonly audience: string;
}

export interface TokenIssuer {
  /** A signed token that is valid for `seconds` from `now` (epoch ms). */
  issue(principal: Principal, seconds: number, now: number): Promise<string>;
}

/** JWS in its compact form (RFC 7515 §7.1). */
export function createTokenIssuer({ signer, issuer, audience }: TokenIssuerOptions): TokenIssuer {
  const header = encode({ alg: TOKEN_ALGORITHM, typ: 'JWT', kid: signer.kid });
  return {
    async issue({ user, tenant, roles }, seconds, now) {
      const iat = Math.floor(now / 1000);
      const claims = encode({
        [CLAIM_TENANT]: tenant,
        [CLAIM_ROLES]: roles,
        sub: user,
        iss: issuer,
        aud: audience,
        iat,
        exp: iat + seconds,
      });
      const input = `${header}.${claims}`;
      const signature = await signer.sign(Buffer.from(input));
      return `${input}.${Buffer.from(signature).toString('base64url')}`;
    },
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
