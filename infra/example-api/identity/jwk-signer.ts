/** Signs with a private key that the function holds itself, for stacks without KMS. */
import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import type { TokenSigner } from './token-signer.ts';

export function createJwkSigner(privateJwk: JsonWebKey & { readonly kid: string }): TokenSigner {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
  return {
    kid: privateJwk.kid,
    sign: async (input) => sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }),
  };
}
