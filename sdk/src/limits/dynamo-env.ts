/** Finds the DynamoDB client's settings under the names that Lambda and the AWS tools use. */
import { createDynamoClient, type DynamoClient } from './dynamo-client.ts';

/** A setting that is needed and not there. */
export class MissingSettingError extends Error {
  override readonly name = 'MissingSettingError';
  readonly code = 'missing_setting';

  constructor(setting: string, expected: string) {
    super(`${setting}: expected ${expected}, got nothing`);
  }
}

/**
 * Reads `AWS_REGION` (or `AWS_DEFAULT_REGION`), `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`
 * and `AWS_ENDPOINT_URL_DYNAMODB` (or `AWS_ENDPOINT_URL`).
 * @throws MissingSettingError
 */
export function dynamoClientFromEnv(env: Readonly<Record<string, string | undefined>>): DynamoClient {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (!region) throw new MissingSettingError('AWS_REGION', 'a region such as eu-central-1');
  const accessKeyId = env.AWS_ACCESS_KEY_ID;
  if (!accessKeyId) throw new MissingSettingError('AWS_ACCESS_KEY_ID', 'the id of an access key');
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY;
  if (!secretAccessKey) throw new MissingSettingError('AWS_SECRET_ACCESS_KEY', 'the secret of an access key');
  const sessionToken = env.AWS_SESSION_TOKEN;
  const endpoint = env.AWS_ENDPOINT_URL_DYNAMODB || env.AWS_ENDPOINT_URL;
  return createDynamoClient({
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    ...(endpoint ? { endpoint } : {}),
  });
}
