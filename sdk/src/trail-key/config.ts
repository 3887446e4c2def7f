/** Says where a key's service is and as whom to ask it; the only place here that reads the environment. */
import { TrailgateConfigError } from '../errors.ts';
import type { AwsClientOptions } from '../limits/aws-json-client.ts';
import type { AwsCredentials } from '../limits/sigv4.ts';

export interface AwsAccess {
  /** @default AWS_REGION or AWS_DEFAULT_REGION */
  readonly region?: string;
  /** @default AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN */
  readonly credentials?: AwsCredentials;
  /** @default AWS_ENDPOINT_URL_SECRETS_MANAGER or AWS_ENDPOINT_URL_KMS, AWS_ENDPOINT_URL, the service's own */
  readonly endpoint?: string;
  /** Epoch milliseconds, for the signature. @default Date.now */
  readonly clock?: () => number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws TrailgateConfigError naming what is missing */
export function readAccess(
  access: AwsAccess,
  endpointVariable: string,
  env: Environment = process.env,
): AwsClientOptions {
  const region = access.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  if (!region) throw new TrailgateConfigError('region', 'a region, here or in AWS_REGION', region);
  const endpoint = access.endpoint ?? (env[endpointVariable] || env.AWS_ENDPOINT_URL);
  if (endpoint && !URL.canParse(endpoint)) throw new TrailgateConfigError('endpoint', 'a URL', endpoint);
  return {
    region,
    credentials: access.credentials ?? credentialsOf(env),
    ...(endpoint ? { endpoint } : {}),
    ...(access.clock === undefined ? {} : { clock: access.clock }),
  };
}

function credentialsOf(env: Environment): AwsCredentials {
  const accessKeyId = env.AWS_ACCESS_KEY_ID;
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY;
  const sessionToken = env.AWS_SESSION_TOKEN;
  if (!accessKeyId || !secretAccessKey) {
    const missing = accessKeyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID';
    throw new TrailgateConfigError('credentials', `credentials, here or in ${missing}`, undefined);
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
