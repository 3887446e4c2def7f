import { describe, expect, test } from 'vitest';
import { authorizerConfig, inventoryConfig, ordersConfig } from './config.ts';
import { ConfigError } from './environment.ts';
import { generateSigningKeys } from './keys.ts';

const { privateJwk, jwks } = await generateSigningKeys();
const ENV = {
  ORDERS_TABLE: 'orders',
  USERS_TABLE: 'users',
  INVENTORY_TABLE: 'inventory',
  LIMITS_TABLE: 'limits',
  BUCKETS_TABLE: 'buckets',
  JWT_ISSUER: 'https://shop.example',
  JWT_AUDIENCE: 'shop',
  JWT_PRIVATE_JWK: JSON.stringify(privateJwk),
  JWT_JWKS: JSON.stringify(jwks),
  INVENTORY_URL: 'http://127.0.0.1:8080/',
};

function refusal(read: () => unknown): ConfigError {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

test('reads what each function needs', () => {
  expect(
    ordersConfig({ ...ENV, TRAILGATE_REFRESH_BUDGET_MS: '40', TRAILGATE_CAP_POLL_MS: '500' }),
  ).toMatchObject({
    ordersTable: 'orders',
    inventoryUrl: 'http://127.0.0.1:8080',
    token: { issuer: 'https://shop.example', audience: 'shop', privateJwk: { kid: privateJwk.kid } },
    limits: { tables: { limits: 'limits', buckets: 'buckets' }, refreshBudgetMs: 40, softMs: 500 },
  });
  expect(inventoryConfig(ENV)).toEqual({
    inventoryTable: 'inventory',
    limits: { tables: { limits: 'limits', buckets: 'buckets' } },
  });
  expect(authorizerConfig(ENV).token.jwks).toEqual(jwks);
});

describe('names the variable that is', () => {
  test.each(['ORDERS_TABLE', 'USERS_TABLE', 'LIMITS_TABLE', 'BUCKETS_TABLE', 'JWT_ISSUER', 'INVENTORY_URL'])(
    'missing: %s',
    (variable) => {
      expect(refusal(() => ordersConfig({ ...ENV, [variable]: undefined })).variable).toBe(variable);
      expect(refusal(() => ordersConfig({ ...ENV, [variable]: '' })).message).toBe(
        `environment variable ${variable}: expected a value, got nothing`,
      );
    },
  );

  test.each([
    ['INVENTORY_URL', 'ftp://shop.example'],
    ['INVENTORY_URL', 'nonsense'],
    ['TRAILGATE_REFRESH_BUDGET_MS', '0'],
    ['TRAILGATE_REFRESH_BUDGET_MS', '2.5'],
    ['JWT_PRIVATE_JWK', '{'],
    ['JWT_PRIVATE_JWK', JSON.stringify(jwks.keys[0])],
  ])('unusable: %s=%s', (variable, value) => {
    expect(refusal(() => ordersConfig({ ...ENV, [variable]: value })).variable).toBe(variable);
  });
});

test('a secret never shows in the error', () => {
  const { kid: _, ...nameless } = privateJwk;
  const error = refusal(() => ordersConfig({ ...ENV, JWT_PRIVATE_JWK: JSON.stringify(nameless) }));
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(privateJwk.d);
});

test('a private key is not taken for verifying', () => {
  const withPrivate = JSON.stringify({ keys: [privateJwk] });
  const error = refusal(() => authorizerConfig({ ...ENV, JWT_JWKS: withPrivate }));
  expect(error.variable).toBe('JWT_JWKS');
  expect(error.message).not.toContain(privateJwk.d);
});
