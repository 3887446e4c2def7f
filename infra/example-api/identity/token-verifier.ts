/** Decides whether a bearer token is one of ours and whom it names, for the authorizer. */
import { JwtVerifier } from 'aws-jwt-verify';
import {
  JwtExpiredError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureAlgorithmError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
} from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { Principal } from '../http/principal.ts';
import { readClaims, TOKEN_ALGORITHM } from './claims.ts';

/** Why a token was not taken, in the trail's words. */
export type TokenRejection =
  | 'missing'
  | 'malformed'
  | 'wrong_algorithm'
  | 'unknown_key'
  | 'bad_signature'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'expired'
  | 'not_yet_valid'
  | 'bad_claims';

export type TokenVerdict =
  | { readonly valid: true; readonly principal: Principal }
  | { readonly valid: false; readonly reason: TokenRejection };

export interface TokenVerifierOptions {
  readonly jwks: Jwks;
  readonly issuer: string;
  readonly audience: string;
}

export interface TokenVerifier {
  verify(token: string): TokenVerdict;
}

const REJECTIONS: readonly (readonly [new (...args: never[]) => Error, TokenRejection])[] = [
  [JwtInvalidSignatureAlgorithmError, 'wrong_algorithm'],
  [JwtWithoutValidKidError, 'unknown_key'],
  [KidNotFoundInJwksError, 'unknown_key'],
  [JwtInvalidSignatureError, 'bad_signature'],
  [JwtInvalidIssuerError, 'wrong_issuer'],
  [JwtInvalidAudienceError, 'wrong_audience'],
  [JwtExpiredError, 'expired'],
  [JwtNotBeforeError, 'not_yet_valid'],
  [JwtParseError, 'malformed'],
];

/** Only names the cached set: a stranger's token never causes an outgoing call, since `verifySync` does not fetch. */
const JWKS_NAME = 'https://jwks.invalid/jwks.json';

/** Keys are given and stay; the library reads the time itself. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const verifier = JwtVerifier.create({
    issuer: options.issuer,
    audience: options.audience,
    jwksUri: JWKS_NAME,
    customJwtCheck: ({ header, payload }) => {
      if (header.alg !== TOKEN_ALGORITHM) {
        throw new JwtInvalidSignatureAlgorithmError('Wrong algorithm', header.alg, TOKEN_ALGORITHM);
      }
      if (payload.exp === undefined) throw new JwtParseError('A token must end');
    },
  });
  verifier.cacheJwks(options.jwks);
  return { verify: (token) => verdict(() => verifier.verifySync(token)) };
}

function verdict(verify: () => unknown): TokenVerdict {
  try {
    const principal = readClaims(verify());
    return principal === undefined ? { valid: false, reason: 'bad_claims' } : { valid: true, principal };
  } catch (error) {
    // Node's word for a signature that has not the 64 bytes of one.
    if ((error as NodeJS.ErrnoException).code === 'ERR_CRYPTO_OPERATION_FAILED') {
      return { valid: false, reason: 'bad_signature' };
    }
    const known = REJECTIONS.find(([type]) => error instanceof type);
    // Anything else is a fault of ours and must not look like a bad token.
    if (known === undefined) throw error;
    return { valid: false, reason: known[1] };
  }
}
