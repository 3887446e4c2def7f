import { describe, expect, test } from 'vitest';
import { isSecretName } from './key-names.ts';

describe('names', () => {
  test.each([
    ...['password', 'dbPassword', 'X-Api-Key', 'api_key', 'PRIVATE-KEY', 'Authorization', 'set-cookie'],
    ...[
      'cardNumber',
      'cvv',
      'refreshToken',
      'client_secret',
      'accessToken',
      'AWS_SECRET_ACCESS_KEY',
      'dbpass',
    ],
    ...[
      'X-Amz-Security-Token',
      'passcode',
      'PHPSESSID',
      'userPwd',
      'x-amz-signature',
      'seedPhrase',
      'secret_id',
    ],
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    ...['user', 'panel', 'discard', 'passenger', 'order', 'message', 'key', 'pinned', 'author', 'secretary'],
    ...[
      'tokenType',
      'token_count',
      'secretArn',
      'secretName',
      'TokenExpiredError',
      'passwordChangedAt',
      'bypass',
    ],
    ...[
      'tokenizer',
      'cookieConsent',
      'authorizationUrl',
      'compass',
      'passwordless',
      'expandable',
      'signature',
    ],
  ])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
