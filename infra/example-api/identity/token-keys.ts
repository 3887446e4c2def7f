/** Joins issuers and verifiers of tokens to the key that a function is configured with: one of KMS, or one in a variable. */
import type { Jwks } from 'aws-jwt-verify/jwk';
import { signingKey, tokenConfig, verifyingKey } from '../config.ts';
import type { Environment } from '../environment.ts';
import { createJwkSigner } from './jwk-signer.ts';
import { createTokenIssuer, type TokenIssuer } from './token-issuer.ts';
import type { TokenSigner } from './token-signer.ts';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

/** Throws `ConfigError`; with KMS also `TokenKeyError` and what KMS answers. */
export async function tokenIssuer(env: Environment): Promise<TokenIssuer> {
  return createTokenIssuer({ ...tokenConfig(env), signer: await signer(env) });
}

/** Throws `ConfigError`; with KMS also `TokenKeyError` and what KMS answers. */
export async function tokenVerifier(env: Environment): Promise<TokenVerifier> {
  return createTokenVerifier({ ...tokenConfig(env), jwks: await jwks(env) });
}

async function signer(env: Environment): Promise<TokenSigner> {
  const key = signingKey(env);
  if (key.is === 'jwk') return createJwkSigner(key.privateJwk);
  const { createKms, createKmsSigner } = await kms();
  return createKmsSigner(createKms(), key.keyId);
}

async function jwks(env: Environment): Promise<Jwks> {
  const key = verifyingKey(env);
  if (key.is === 'jwks') return key.jwks;
  const { createKms, readKmsPublicJwk } = await kms();
  const client = createKms();
  try {
    return { keys: [{ ...(await readKmsPublicJwk(client, key.keyId)) }] };
  } finally {
    client.destroy();
  }
}

/** Loaded when it is asked for: a function without a key in KMS starts faster without it. */
function kms(): Promise<typeof import('./kms-key.ts')> {
  return import('./kms-key.ts');
}
