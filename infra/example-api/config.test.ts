import { describe, expect, test } from 'vitest';
import {
  checksTokens,
  inventoryUrl,
  limitsConfig,
  ordersQueueUrl,
  signingKey,
  tableName,
  tokenConfig,
  verifyingKey,
} from './config.ts';
import { ConfigError, type Environment } from './environment.ts';
import { generateSigningKeys } from './keys.ts';

const { privateJwk, jwks } = await generateSigningKeys();
const ENV = {
  ORDERS_TABLE: 'orders',
  USERS_TABLE: 'users',
  LIMITS_TABLE: 'limits',
  BUCKETS_TABLE: 'buckets',
  JWT_ISSUER: 'https://shop.example',
  JWT_AUDIENCE: 'shop',
  JWT_PRIVATE_JWK: JSON.stringify(privateJwk),
  JWT_JWKS: JSON.stringify(jwks),
  INVENTORY_URL: 'http://127.0.0.1:8080/',
};

/** All of one function. */
const readAll = (env: Environment) => ({
  tables: [tableName(env, 'ORDERS'), tableName(env, 'USERS')],
  token: tokenConfig(env),
  key: signingKey(env),
  limits: limitsConfig(env),
  inventory: inventoryUrl(env),
  queue: ordersQueueUrl(env),
  checks: checksTokens(env),
});

function refusal(read: () => unknown): ConfigError {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

test('reads what a function needs', () => {
  const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders';
  const env = {
    ...ENV,
    TRAILGATE_REFRESH_BUDGET_MS: '40',
    TRAILGATE_CAP_POLL_MS: '500',
    ORDERS_QUEUE_URL: queue,
  };
  expect(readAll({ ...env, TOKEN_CHECK: 'function' })).toEqual({
    tables: ['orders', 'users'],
    token: { issuer: 'https://shop.example', audience: 'shop' },
    key: { is: 'jwk', privateJwk },
    limits: { tables: { limits: 'limits', buckets: 'buckets' }, refreshBudgetMs: 40, softMs: 500 },
    inventory: 'http://127.0.0.1:8080',
    queue,
    checks: true,
  });
  expect(readAll(ENV)).toMatchObject({ queue: undefined, checks: false });
  expect(verifyingKey(ENV)).toEqual({ is: 'jwks', jwks });
});

describe('names the variable that is', () => {
  test.each(['ORDERS_TABLE', 'USERS_TABLE', 'LIMITS_TABLE', 'BUCKETS_TABLE', 'JWT_ISSUER', 'INVENTORY_URL'])(
    'missing: %s',
    (variable) => {
      expect(refusal(() => readAll({ ...ENV, [variable]: undefined })).variable).toBe(variable);
      expect(refusal(() => readAll({ ...ENV, [variable]: '' })).message).toBe(
        `environment variable ${variable}: expected a value, got nothing`,
      );
    },
  );

  test.each([
    ['INVENTORY_URL', 'ftp://shop.example'],
    ['INVENTORY_URL', 'nonsense'],
    ['ORDERS_QUEUE_URL', 'arn:aws:sqs:eu-west-1:123456789012:orders'],
    ['TOKEN_CHECK', 'yes'],
    ['TRAILGATE_REFRESH_BUDGET_MS', '0'],
    ['TRAILGATE_REFRESH_BUDGET_MS', '2.5'],
    ['JWT_PRIVATE_JWK', '{'],
    ['JWT_PRIVATE_JWK', JSON.stringify(jwks.keys[0])],
  ])('unusable: %s=%s', (variable, value) => {
    expect(refusal(() => readAll({ ...ENV, [variable]: value })).variable).toBe(variable);
  });
});

describe('the key of tokens', () => {
  const { JWT_PRIVATE_JWK: _private, JWT_JWKS: _public, ...keyless } = ENV;

  test('is one of KMS where its id is given', () => {
    const env = { ...keyless, TOKEN_KEY_ID: 'alias/tokens' };
    expect(signingKey(env)).toEqual({ is: 'kms', keyId: 'alias/tokens' });
    expect(verifyingKey(env)).toEqual({ is: 'kms', keyId: 'alias/tokens' });
  });

  test.each([
    ['signs', signingKey, 'JWT_PRIVATE_JWK'],
    ['verifies', verifyingKey, 'JWT_JWKS'],
  ] as const)('that %s is exactly one of two', (_, read, other) => {
    const told = (env: Environment): string => refusal(() => read(env)).message;
    const expected = `environment variable TOKEN_KEY_ID: expected either it or ${other}, got`;
    expect(told(keyless)).toBe(`${expected} neither`);
    expect(told({ ...ENV, TOKEN_KEY_ID: 'alias/tokens' })).toBe(`${expected} both`);
  });
});

test('a secret never shows in the error', () => {
  const { kid: _, ...nameless } = privateJwk;
  const error = refusal(() => signingKey({ ...ENV, JWT_PRIVATE_JWK: JSON.stringify(nameless) }));
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(privateJwk.d);
});

test('a private key is not taken for verifying', () => {
  const withPrivate = JSON.stringify({ keys: [privateJwk] });
  const error = refusal(() => verifyingKey({ ...ENV, JWT_JWKS: withPrivate }));
  expect(error.variable).toBe('JWT_JWKS');
  expect(error.message).not.toContain(privateJwk.d);
});
