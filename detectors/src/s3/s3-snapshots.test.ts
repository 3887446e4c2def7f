import { S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { createS3Snapshots, type S3SnapshotOptions } from './s3-snapshots.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Snapshots over the real client, whose requests are kept and all answered alike. */
function answering(statusCode: number, body: string, options: Partial<S3SnapshotOptions> = {}) {
  const asked: Asked[] = [];
  const requestHandler = {
    handle: async (request: Asked) => {
      asked.push(request);
      return { response: { statusCode, headers: { etag: '"e1"' }, body: new Blob([body]).stream() } };
    },
  };
  const client = new S3Client({
    region: 'eu-central-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler,
    maxAttempts: 1,
  });
  return { asked, snapshots: createS3Snapshots(client, { bucket: 'states', ...options }) };
}

const refusal = (code: string): string => `<Error><Code>${code}</Code><Message>No.</Message></Error>`;

test('a refusal names the object, and the right without which S3 refuses what is only missing', async () => {
  const { snapshots } = answering(403, refusal('AccessDenied'));
  await expect(snapshots.load('shardId-1')).rejects.toMatchObject({
    code: 'SNAPSHOT_STORE',
    message: expect.stringMatching(
      /s3:\/\/states\/snapshots\/shardId-1\.json\.gz: expected to read it, got AccessDenied.*s3:ListBucket/,
    ),
  });
  await expect(snapshots.save('shardId-1', '{}', undefined)).rejects.toMatchObject({
    code: 'SNAPSHOT_STORE',
    message: expect.stringContaining('expected to write it, got AccessDenied'),
  });
});

test('a bucket that is not there is no conflict and no empty state', async () => {
  const { snapshots } = answering(404, refusal('NoSuchBucket'));
  await expect(snapshots.load('s')).rejects.toMatchObject({ code: 'SNAPSHOT_STORE' });
  await expect(snapshots.save('s', '{}', '"v"')).rejects.toMatchObject({ code: 'SNAPSHOT_STORE' });
});

test('a write under way at the same time is a conflict', async () => {
  const { snapshots } = answering(409, refusal('ConditionalRequestConflict'));
  await expect(snapshots.save('s', '{}', '"v"')).rejects.toMatchObject({
    code: 'SNAPSHOT_CONFLICT',
    message: expect.stringContaining('version that is not known is stored'),
  });
});

test('bytes that are no state are one that cannot be read, and are written over', async () => {
  const { asked, snapshots } = answering(200, 'not gzip');
  expect(await snapshots.load('s')).toMatchObject({ state: '', version: '"e1"' });
  expect(await snapshots.save('s', '{}', '"e1"')).toBe('"e1"');
  expect(asked.map(({ method, headers }) => [method, headers['if-match']])).toEqual([
    ['GET', undefined],
    ['PUT', '"e1"'],
  ]);
});

test('an object is encrypted with the key that is named, under the prefix that is named', async () => {
  const { asked, snapshots } = answering(200, '', { kmsKeyId: 'arn:aws:kms:k', prefix: 'a/b/' });
  await snapshots.save('s', '{}', undefined);
  expect(asked[0]).toMatchObject({
    path: '/states/a/b/s.json.gz',
    headers: {
      'if-none-match': '*',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:k',
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
    },
  });
});
