import type { Jwks } from 'aws-jwt-verify/jwk';
import { generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { generateSigningKeys } from '../keys.ts';
import { createJwkSigner } from './jwk-signer.ts';
import { createTokenIssuer } from './token-issuer.ts';
import { createTokenVerifier } from './token-verifier.ts';

const ISSUER = 'https://shop.example';
const AUDIENCE = 'shop';
const NOW = Date.now();
const HOUR = 3_600;
const ADA = { user: 'ada', tenant: 'acme', roles: ['admin'] };

const { privateJwk, jwks } = await generateSigningKeys();
const verifier = createTokenVerifier({ jwks: jwks as unknown as Jwks, issuer: ISSUER, audience: AUDIENCE });
const good = { signer: createJwkSigner(privateJwk), issuer: ISSUER, audience: AUDIENCE };
const reject = (token: string): string => {
  const verdict = verifier.verify(token);
  return verdict.valid ? 'valid' : verdict.reason;
};

async function signed(claims: object, header: object = {}, key: JWK = privateJwk): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid ?? 'none', ...header })
    .sign(await importJWK(key, 'ES256'));
}

const CLAIMS = {
  sub: 'ada',
  tenant: 'acme',
  roles: ['admin'],
  iss: ISSUER,
  aud: AUDIENCE,
  exp: Math.floor(NOW / 1000) + HOUR,
};

test('a token that was issued names its principal', async () => {
  const token = await createTokenIssuer(good).issue(ADA, HOUR, NOW);
  expect(verifier.verify(token)).toEqual({ valid: true, principal: ADA });
});

describe('a token is rejected', () => {
  test('when its time is over', async () => {
    const token = await createTokenIssuer(good).issue(ADA, HOUR, NOW - 2 * HOUR * 1000);
    expect(reject(token)).toBe('expired');
  });

  test('from another issuer', async () => {
    const token = await createTokenIssuer({ ...good, issuer: 'https://evil.example' }).issue(ADA, HOUR, NOW);
    expect(reject(token)).toBe('wrong_issuer');
  });

  test('for another audience', async () => {
    const token = await createTokenIssuer({ ...good, audience: 'bank' }).issue(ADA, HOUR, NOW);
    expect(reject(token)).toBe('wrong_audience');
  });

  test('signed by a stranger under our key id', async () => {
    const stranger = await generateSigningKeys();
    const key = { ...stranger.privateJwk, kid: privateJwk.kid ?? '' };
    expect(reject(await signed(CLAIMS, {}, key))).toBe('bad_signature');
  });

  test('under a key id that nobody knows', async () => {
    expect(reject(await signed(CLAIMS, { kid: 'other' }))).toBe('unknown_key');
  });

  test('without a signature (alg none)', () => {
    const token = new UnsecuredJWT({ ...CLAIMS }).encode();
    expect(reject(token)).toBe('malformed');
    const [, payload] = token.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: privateJwk.kid })).toString('base64url');
    expect(reject(`${header}.${payload}.AAAA`)).toBe('wrong_algorithm');
  });

  test('signed with HMAC and the public key as its secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(jwks.keys[0]));
    const token = await new SignJWT({ ...CLAIMS })
      .setProtectedHeader({ alg: 'HS256', kid: privateJwk.kid ?? '' })
      .sign(secret);
    expect(reject(token)).toBe('wrong_algorithm');
  });

  test('signed with another asymmetric algorithm', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const token = await new SignJWT({ ...CLAIMS })
      .setProtectedHeader({ alg: 'RS256', kid: privateJwk.kid ?? '' })
      .sign(privateKey);
    expect(reject(token)).toBe('wrong_algorithm');
  });

  test('when its claims were exchanged', async () => {
    const [header, payload = '', signature] = (await signed(CLAIMS)).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'mallory' })).toString('base64url');
    expect(reject(`${header}.${forged}.${signature}`)).toBe('bad_signature');
  });

  test.each([0, 1, 63, 65, 200])('when its signature has %i bytes', async (size) => {
    const [header, payload] = (await signed(CLAIMS)).split('.');
    const signature = Buffer.alloc(size, 7).toString('base64url');
    expect(reject(`${header}.${payload}.${signature}`)).toMatch(/^(bad_signature|malformed)$/);
  });

  test('when it never ends', async () => {
    const { exp: _, ...endless } = CLAIMS;
    expect(reject(await signed(endless))).toBe('malformed');
  });

  test('before its time', async () => {
    expect(reject(await signed({ ...CLAIMS, nbf: CLAIMS.exp - 10 }))).toBe('not_yet_valid');
  });

  test.each([
    { tenant: undefined },
    { sub: '' },
    { roles: 'admin' },
    { roles: ['admin,service'] },
    { roles: ['Admin '] },
    { tenant: { name: 'acme' } },
  ])('with claims that are not of this API: %j', async (claims) => {
    expect(reject(await signed({ ...CLAIMS, ...claims }))).toBe('bad_claims');
  });

  test.each(['', 'a', 'a.b', 'a.b.c', 'e30.e30.e30', '....', 'x'.repeat(5_000)])('when it is %j', (token) => {
    expect(reject(token)).not.toBe('valid');
  });
});
