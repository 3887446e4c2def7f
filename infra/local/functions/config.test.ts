import { describe, expect, test } from 'vitest';
import { pipelineConfig } from './config.ts';

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL_KINESIS: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_CLOUDWATCH: 'http://127.0.0.1:2',
  INDEX_FILE: '/data/index.sqlite',
  QUARANTINE_FOLDER: '/data/quarantine',
  SNAPSHOT_FILE: '/data/snapshots.sqlite',
};

describe('documents go', () => {
  test('to the index file', () => {
    expect(pipelineConfig(ENVIRONMENT).index).toEqual({ file: '/data/index.sqlite' });
  });

  test('to the OpenSearch that is named, and no file is needed then', () => {
    const { INDEX_FILE: _, ...rest } = ENVIRONMENT;
    const url = 'http://127.0.0.1:9200/';
    expect(pipelineConfig({ ...rest, OPENSEARCH_URL: url }).index).toEqual({ openSearch: { url } });
    const users = { OPENSEARCH_URL: url, OPENSEARCH_USER: 'admin', OPENSEARCH_PASSWORD: 'secret' };
    expect(pipelineConfig({ ...rest, ...users }).index).toEqual({
      openSearch: { url, basic: { user: 'admin', password: 'secret' } },
    });
  });
});

test('a variable that is missing is named', () => {
  const { INDEX_FILE: _, ...rest } = ENVIRONMENT;
  expect(() => pipelineConfig(rest)).toThrow(/INDEX_FILE/);
  const users = { OPENSEARCH_URL: 'http://127.0.0.1:9200', OPENSEARCH_USER: 'admin' };
  expect(() => pipelineConfig({ ...rest, ...users })).toThrow(/OPENSEARCH_PASSWORD/);
});
