/** The environment variables of each function of the local stack, as a deployment would set them. */
import type { SigningKeys } from '../../example-api/keys.ts';
import type { OpenSearchAddress } from '../index/opensearch-address.ts';
import { FUNCTIONS, LOCAL_CREDENTIALS, REGION, TABLES } from './names.ts';

export interface StackAddresses {
  readonly kinesis: string;
  readonly dynamodb: string;
  readonly cloudwatch: string;
  readonly api: string;
  /** Where documents go instead of the index file. */
  readonly openSearch?: OpenSearchAddress;
}

export interface StackFolders {
  readonly indexFile: string;
  readonly quarantine: string;
  readonly snapshots: string;
}

const ISSUER = 'https://shop.example';
const AUDIENCE = 'shop-api';
/** Shares of successes kept in depth: more than the SDK's 1 %, so that a few minutes of traffic show some. */
const SAMPLE_RATE = 0.1;
/** The embedded DynamoDB is slower than the real one: requests may wait longer for newer caps and for a bucket. */
const REFRESH_BUDGET_MS = 500;
const BUCKET_TIMEOUT_MS = 500;
/** And with a handful of instances polling costs nothing: a quarter of the SDK's interval. */
const CAP_POLL_MS = 250;

export function functionEnvironment(
  name: string,
  at: StackAddresses,
  folders: StackFolders,
  keys: SigningKeys,
): Record<string, string> {
  const aws = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: at.dynamodb,
    AWS_ENDPOINT_URL_KINESIS: at.kinesis,
    AWS_ENDPOINT_URL_CLOUDWATCH: at.cloudwatch,
  };
  if (name === FUNCTIONS.collector || name === FUNCTIONS.detector) {
    return {
      ...aws,
      ...indexPlace(at, folders),
      QUARANTINE_FOLDER: folders.quarantine,
      SNAPSHOT_FILE: folders.snapshots,
    };
  }
  return {
    ...aws,
    TRAILGATE_SAMPLE_RATE: String(SAMPLE_RATE),
    TRAILGATE_REFRESH_BUDGET_MS: String(REFRESH_BUDGET_MS),
    TRAILGATE_BUCKET_TIMEOUT_MS: String(BUCKET_TIMEOUT_MS),
    TRAILGATE_CAP_POLL_MS: String(CAP_POLL_MS),
    LIMITS_TABLE: TABLES.limits,
    BUCKETS_TABLE: TABLES.buckets,
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCE: AUDIENCE,
    ...ofFunction(name, at, keys),
  };
}

function indexPlace({ openSearch }: StackAddresses, { indexFile }: StackFolders): Record<string, string> {
  if (openSearch === undefined) return { INDEX_FILE: indexFile };
  const { url, basic } = openSearch;
  return {
    OPENSEARCH_URL: url,
    ...(basic === undefined ? {} : { OPENSEARCH_USER: basic.user, OPENSEARCH_PASSWORD: basic.password }),
  };
}

/** Each function knows only what it needs: one alone can sign tokens. */
function ofFunction(name: string, at: StackAddresses, keys: SigningKeys): Record<string, string> {
  switch (name) {
    case FUNCTIONS.orders:
      return {
        ORDERS_TABLE: TABLES.orders,
        USERS_TABLE: TABLES.users,
        INVENTORY_URL: at.api,
        JWT_PRIVATE_JWK: JSON.stringify(keys.privateJwk),
      };
    case FUNCTIONS.inventory:
      return { INVENTORY_TABLE: TABLES.inventory };
    case FUNCTIONS.authorizer:
      return { JWT_JWKS: JSON.stringify(keys.jwks) };
    default:
      throw new TypeError(`function name: expected one of the stack's, got ${JSON.stringify(name)}`);
  }
}
