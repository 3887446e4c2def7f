/** A chain key that is stored encrypted beside the function, and that KMS decrypts. */
import { createHash } from 'node:crypto';
import { TrailgateConfigError } from '../errors.ts';
import type { AwsAccess } from './config.ts';
import { ask, type KeyService } from './key-client.ts';
import { checkedId, checkedKey, type TrailKey, TrailKeyError } from './trail-key.ts';

export interface KmsKeyOptions extends AwsAccess {
  /** `CiphertextBlob` of `GenerateDataKey` (AES_256) or `Encrypt`: the bytes, or their base64. */
  readonly ciphertext: string | Uint8Array;
  /** The KMS key that must have made it. @default the one that the ciphertext names */
  readonly keyId?: string;
  /** The context that it was encrypted with. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** @default `kms:` and 16 hex digits of the ciphertext's SHA-256 */
  readonly id?: string;
}

const KMS: KeyService = { name: 'kms', target: 'TrentService', endpointVariable: 'AWS_ENDPOINT_URL_KMS' };
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Needs `kms:Decrypt` on the KMS key.
 * @throws TrailgateConfigError naming the option that is wrong
 */
export function kmsKey(options: KmsKeyOptions): TrailKey {
  const { keyId, encryptionContext } = options;
  const ciphertext = base64Of(options.ciphertext);
  const id = checkedId('id', options.id ?? `kms:${fingerprint(ciphertext)}`);
  return {
    id,
    async load() {
      const input = {
        CiphertextBlob: ciphertext,
        ...(keyId === undefined ? {} : { KeyId: keyId }),
        ...(encryptionContext === undefined ? {} : { EncryptionContext: encryptionContext }),
      };
      const { Plaintext: plain } = await ask(KMS, options, { operation: 'Decrypt', input });
      if (typeof plain !== 'string') {
        throw new TrailKeyError('NoValue', `key ${id}: expected a Plaintext, got ${typeof plain}`);
      }
      return checkedKey(id, Buffer.from(plain, 'base64'));
    },
  };
}

function base64Of(ciphertext: unknown): string {
  if (ciphertext instanceof Uint8Array && ciphertext.length > 0)
    return Buffer.from(ciphertext).toString('base64');
  if (typeof ciphertext === 'string' && BASE64.test(ciphertext)) return ciphertext;
  throw new TrailgateConfigError('ciphertext', 'bytes, or their base64', typeof ciphertext);
}

function fingerprint(ciphertext: string): string {
  return createHash('sha256').update(ciphertext).digest('hex').slice(0, 16);
}
