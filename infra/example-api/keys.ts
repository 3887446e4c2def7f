/** Generates the key pair that signs and verifies a local shop's tokens. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { TOKEN_ALGORITHM } from './identity/claims.ts';

export interface SigningKeys {
  /** For `JWT_PRIVATE_JWK`, as JSON. */
  readonly privateJwk: JWK;
  /** For `JWT_JWKS`, as JSON: holds the public key only. */
  readonly jwks: { readonly keys: readonly JWK[] };
}

export async function generateSigningKeys(): Promise<SigningKeys> {
  const { privateKey, publicKey } = await generateKeyPair(TOKEN_ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const named = { kid: await calculateJwkThumbprint(publicJwk), alg: TOKEN_ALGORITHM, use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...named },
    jwks: { keys: [{ ...publicJwk, ...named }] },
  };
}
