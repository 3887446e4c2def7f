export type { AwsCredentials } from '../limits/sigv4.ts';
export type { AwsAccess } from './config.ts';
export { type KmsKeyOptions, kmsKey } from './kms-key.ts';
export { type SecretsManagerKeyOptions, secretsManagerKey } from './secrets-manager-key.ts';
export { staticKey, type TrailKey, TrailKeyError } from './trail-key.ts';
