/** Uses a key of AWS KMS that nobody ever holds: signs with it, and says what verifies it. */
import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { joseSignature } from './ecdsa-signature.ts';
import { type PublicJwk, publicJwk, TokenKeyError } from './public-jwk.ts';
import type { TokenSigner } from './token-signer.ts';

/** Milliseconds; with the SDK's two retries still within the gateway's patience. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;

/** The AWS SDK reads region, endpoint and credentials itself. */
export function createKms(): KMSClient {
  return new KMSClient({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
    }),
  });
}

/** Throws `TokenKeyError` for a key that does not sign with P-256. */
export async function readKmsPublicJwk(client: KMSClient, keyId: string): Promise<PublicJwk> {
  const answer = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const where = 'key of TOKEN_KEY_ID';
  if (answer.KeyUsage !== 'SIGN_VERIFY' || answer.PublicKey === undefined) {
    throw new TokenKeyError(where, `one for ${answer.KeyUsage ?? 'nothing'}`);
  }
  const key = createPublicKey({ key: Buffer.from(answer.PublicKey), format: 'der', type: 'spki' });
  return publicJwk(key, where);
}

/** Reads the public key once, for its name. */
export async function createKmsSigner(client: KMSClient, keyId: string): Promise<TokenSigner> {
  const { kid } = await readKmsPublicJwk(client, keyId);
  return {
    kid,
    async sign(input) {
      const { Signature = new Uint8Array() } = await client.send(
        new SignCommand({
          KeyId: keyId,
          // At most 4,096 bytes: the longest token that a verifier takes has less. Stand-ins of KMS know no DIGEST.
          Message: input,
          MessageType: 'RAW',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      return joseSignature(Signature);
    },
  };
}
