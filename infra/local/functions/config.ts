/** Reads what the local collector and detector functions are told by their environment. */
import type { OpenSearchAddress } from '../index/opensearch-address.ts';

export interface PipelineConfig {
  readonly region: string;
  readonly kinesisEndpoint: string;
  readonly cloudwatchEndpoint: string;
  /** Where documents go: a file, or an OpenSearch. */
  readonly index: { readonly file: string } | { readonly openSearch: OpenSearchAddress };
  readonly quarantineFolder: string;
  readonly snapshotFile: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function pipelineConfig(env: Environment): PipelineConfig {
  return {
    region: required(env, 'AWS_REGION'),
    kinesisEndpoint: required(env, 'AWS_ENDPOINT_URL_KINESIS'),
    cloudwatchEndpoint: required(env, 'AWS_ENDPOINT_URL_CLOUDWATCH'),
    index: indexOf(env),
    quarantineFolder: required(env, 'QUARANTINE_FOLDER'),
    snapshotFile: required(env, 'SNAPSHOT_FILE'),
  };
}

function indexOf(env: Environment): PipelineConfig['index'] {
  const url = env.OPENSEARCH_URL;
  if (url === undefined || url === '') return { file: required(env, 'INDEX_FILE') };
  const user = env.OPENSEARCH_USER;
  if (user === undefined || user === '') return { openSearch: { url } };
  return { openSearch: { url, basic: { user, password: required(env, 'OPENSEARCH_PASSWORD') } } };
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new TypeError(`environment variable ${name}: expected a value, got nothing`);
  }
  return value;
}
