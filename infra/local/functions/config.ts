/** Reads what the local collector and detector functions are told by their environment. */

export interface PipelineConfig {
  readonly region: string;
  readonly kinesisEndpoint: string;
  readonly cloudwatchEndpoint: string;
  readonly indexFile: string;
  readonly quarantineFolder: string;
  readonly snapshotFile: string;
}

export function pipelineConfig(env: Readonly<Record<string, string | undefined>>): PipelineConfig {
  return {
    region: required(env, 'AWS_REGION'),
    kinesisEndpoint: required(env, 'AWS_ENDPOINT_URL_KINESIS'),
    cloudwatchEndpoint: required(env, 'AWS_ENDPOINT_URL_CLOUDWATCH'),
    indexFile: required(env, 'INDEX_FILE'),
    quarantineFolder: required(env, 'QUARANTINE_FOLDER'),
    snapshotFile: required(env, 'SNAPSHOT_FILE'),
  };
}

function required(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new TypeError(`environment variable ${name}: expected a value, got nothing`);
  }
  return value;
}
