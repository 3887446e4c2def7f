import { createPublicKey } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { calculateJwkThumbprint } from 'jose';
import { afterEach, expect, test } from 'vitest';
import type { AwsJsonServer } from '../testing/aws-json-server.ts';
import { KEY_ID, startKms } from '../testing/kms-stand-in.ts';
import { createKmsSigner, readKmsPublicJwk } from './kms-key.ts';
import { TokenKeyError } from './public-jwk.ts';
import { createTokenIssuer } from './token-issuer.ts';
import { createTokenVerifier } from './token-verifier.ts';

const TOKENS = { issuer: 'https://shop.example', audience: 'shop' };
const NOW = Date.now();
let kms: AwsJsonServer;
let client: KMSClient;

async function start(options?: Parameters<typeof startKms>[0]): Promise<KMSClient> {
  kms = await startKms(options);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new KMSClient({ endpoint: kms.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return client;
}

afterEach(async () => {
  client.destroy();
  await kms.stop();
});

test('a token that KMS signed verifies with the key that KMS tells', async () => {
  const signer = await createKmsSigner(await start(), KEY_ID);
  const jwks = { keys: [{ ...(await readKmsPublicJwk(client, KEY_ID)) }] } satisfies Jwks;
  const issuer = createTokenIssuer({ ...TOKENS, signer });
  const verifier = createTokenVerifier({ ...TOKENS, jwks });
  const ada = { user: 'ada', tenant: 'acme', roles: ['admin'] };
  for (let count = 0; count < 20; count += 1) {
    const token = await issuer.issue(ada, 60, NOW);
    expect(verifier.verify(token)).toEqual({ valid: true, principal: ada });
    expect(verifier.verify(`${token.slice(0, -4)}AAAA`).valid).toBe(false);
  }
  expect(kms.calls.filter(({ target }) => target === 'TrentService.GetPublicKey')).toHaveLength(2);
});

test('the longest token that is accepted fits into a message', async () => {
  const issuer = createTokenIssuer({ ...TOKENS, signer: await createKmsSigner(await start(), KEY_ID) });
  const roles = Array.from({ length: 16 }, (_, index) => `role-${index}`.padEnd(32, 'x'));
  await issuer.issue({ user: '\u{1}'.repeat(128), tenant: '\u{1}'.repeat(128), roles }, 3_600, NOW);
  expect(kms.calls.at(-1)?.target).toBe('TrentService.Sign');
});

test('a key is named by its thumbprint (RFC 7638) and holds nothing private', async () => {
  const jwk = await readKmsPublicJwk(await start(), KEY_ID);
  expect(jwk.kid).toBe(await calculateJwkThumbprint({ ...jwk }));
  expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  expect(createPublicKey({ key: { ...jwk }, format: 'jwk' }).asymmetricKeyDetails?.namedCurve).toBe(
    'prime256v1',
  );
});

test.each([
  [{ curve: 'P-384' }, 'key of TOKEN_KEY_ID: expected a P-256 key for signatures, got EC P-384'],
  [
    { usage: 'KEY_AGREEMENT' },
    'key of TOKEN_KEY_ID: expected a P-256 key for signatures, got one for KEY_AGREEMENT',
  ],
])('another kind of key is named at the start: %j', async (options, message) => {
  const reading = readKmsPublicJwk(await start(options), KEY_ID);
  await expect(reading).rejects.toThrow(TokenKeyError);
  await expect(reading).rejects.toThrow(message);
});

test('what KMS refuses is not hidden', async () => {
  await expect(createKmsSigner(await start(), 'alias/none')).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});
