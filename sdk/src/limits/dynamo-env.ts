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
  const sessionToken = env.AWS_SESSION_TOKEN;
  const endpoint = env.AWS_ENDPOINT_URL_DYNAMODB || env.AWS_ENDPOINT_URL;
  return createDynamoClient({
    region: given('AWS_REGION', 'a region such as eu-central-1', env.AWS_REGION || env.AWS_DEFAULT_REGION),
    credentials: {
      accessKeyId: given('AWS_ACCESS_KEY_ID', 'the id of an access key', env.AWS_ACCESS_KEY_ID),
      secretAccessKey: given(
        'AWS_SECRET_ACCESS_KEY',
        'the secret of an access key',
        env.AWS_SECRET_ACCESS_KEY,
      ),
      ...(sessionToken && { sessionToken }),
    },
    ...(endpoint && { endpoint }),
  });
}

function given(setting: string, expected: string, value: string | undefined): string {
  if (value) return value;
  throw new MissingSettingError(setting, expected);
}
