/** A chain key that Secrets Manager keeps. */
import { TrailgateConfigError } from '../errors.ts';
import type { AwsAccess } from './config.ts';
import { ask, type KeyService } from './key-client.ts';
import { checkedId, checkedKey, type TrailKey, TrailKeyError } from './trail-key.ts';

export interface SecretsManagerKeyOptions extends AwsAccess {
  /** Name or ARN of the secret. Its binary value is the key; of a text, its UTF-8 bytes. At least 32 of them. */
  readonly secretId: string;
  /** Keeps to one version, so that a rotation does not change the key under the same id. @default the current one */
  readonly versionId?: string;
  /** @default the secret's name, and the version if one is given */
  readonly id?: string;
}

const SECRETS_MANAGER: KeyService = {
  name: 'secretsmanager',
  target: 'secretsmanager',
  endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
};

/**
 * Needs `secretsmanager:GetSecretValue` on the secret.
 * @throws TrailgateConfigError naming the option that is wrong
 */
export function secretsManagerKey(options: SecretsManagerKeyOptions): TrailKey {
  const { secretId, versionId } = options;
  if (typeof secretId !== 'string' || secretId === '') {
    throw new TrailgateConfigError('secretId', 'the name or ARN of a secret', secretId);
  }
  const named = nameOf(secretId) + (versionId === undefined ? '' : `@${versionId}`);
  const id = checkedId('id', options.id ?? named);
  return {
    id,
    async load() {
      const input = { SecretId: secretId, ...(versionId === undefined ? {} : { VersionId: versionId }) };
      const answer = await ask(SECRETS_MANAGER, options, { operation: 'GetSecretValue', input });
      return checkedKey(id, keyOf(id, answer.SecretBinary, answer.SecretString));
    },
  };
}

function keyOf(id: string, binary: unknown, text: unknown): Uint8Array {
  if (typeof binary === 'string') return Buffer.from(binary, 'base64');
  if (typeof text === 'string') return Buffer.from(text, 'utf8');
  throw new TrailKeyError(
    'NoValue',
    `key ${id}: expected a secret with a value, got neither binary nor text`,
  );
}

/** Of `arn:aws:secretsmanager:region:account:secret:name-AbCdEf` the name, with the six characters AWS added. */
function nameOf(secretId: string): string {
  return secretId.startsWith('arn:') ? secretId.split(':').slice(6).join(':') : secretId;
}
