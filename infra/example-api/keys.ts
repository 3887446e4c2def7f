/** Generates the key pair that signs and verifies a local shop's tokens. */
import { generateKeyPair, type JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { type PublicJwk, publicJwk } from './identity/public-jwk.ts';

export interface SigningKeys {
  /** For `JWT_PRIVATE_JWK`, as JSON. */
  readonly privateJwk: JsonWebKey & { readonly kid: string };
  /** For `JWT_JWKS`, as JSON: holds the public key only. */
  readonly jwks: { readonly keys: readonly PublicJwk[] };
}

export async function generateSigningKeys(): Promise<SigningKeys> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const jwk = publicJwk(publicKey, 'generated key');
  return { privateJwk: { ...privateKey.export({ format: 'jwk' }), kid: jwk.kid }, jwks: { keys: [jwk] } };
}
