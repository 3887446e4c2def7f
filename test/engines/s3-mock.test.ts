import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createS3Quarantine } from '@trailgate/collectors/s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quarantine } from '../../infra/cli/quarantine.ts';
import { failuresContract } from '../contracts/failures-contract.ts';
import { keptEntry, quarantineContract } from '../contracts/quarantine-contract.ts';
import { s3Place } from '../contracts/s3-place.ts';
import { KMS_KEY, type RunningS3, startS3Mock } from './s3-mock.ts';

const bucket = `kept-${process.pid}-${Date.now()}`;
let running: RunningS3 | undefined;
let places = 0;

beforeAll(async () => {
  running = await startS3Mock(process.env.S3_URL);
  await running.client.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterAll(() => running?.stop());

function engine(): RunningS3 {
  if (running === undefined) throw new Error('engine: expected one that runs');
  return running;
}

const newPlace = () => s3Place(engine().client, bucket, `place-${++places}`);
quarantineContract('S3Mock', newPlace);
failuresContract('S3Mock', newPlace);

test('of many writers of one batch one is first, and the object is encrypted with the key', async () => {
  const { client } = engine();
  const options = { bucket, prefix: 'raced', kmsKeyId: KMS_KEY };
  const entries = [keptEntry(1), keptEntry(2)];
  await Promise.all(Array.from({ length: 10 }, () => createS3Quarantine(client, options).put(entries)));
  const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'raced/' }));
  expect(listed.Contents).toHaveLength(1);
  const Key = listed.Contents?.[0]?.Key;
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
  expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMS_KEY });
});

test('a bucket that is not there rejects', async () => {
  const { client } = engine();
  const quarantine = createS3Quarantine(client, { bucket: 'not-there', prefix: '' });
  await expect(quarantine.put([keptEntry(1)])).rejects.toMatchObject({
    code: 'S3_QUARANTINE',
    message: expect.stringContaining('NoSuchBucket'),
  });
});

test('the command lists, shows and replays what is kept there, and says in one sentence what is not there', async () => {
  const { client, url } = engine();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  const folder = mkdtempSync(join(tmpdir(), 'trailgate-s3-command-'));
  const said: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  const run = (...args: readonly string[]): Promise<number> => {
    said.length = 0;
    return quarantine([...args, '--s3', `s3://${bucket}/commanded`, '--endpoint', url]);
  };
  try {
    const entries = Array.from({ length: 300 }, (_, number) => keptEntry(number));
    await createS3Quarantine(client, { bucket, prefix: 'commanded' }).put(entries);
    expect(await run('list', '--group', '/aws/lambda/orders')).toBe(0);
    expect(said.at(-1)).toContain('300  kept');
    expect(await run('show', 'stream-00000007')).toBe(0);
    expect(said.join()).toContain('  | line 7');
    const replay = [
      'replay',
      '--all',
      '--reason',
      'mapper',
      '--index',
      join(folder, 'index.sqlite'),
      '--json',
    ];
    expect(await run(...replay)).toBe(0);
    expect(JSON.parse(said.join())).toMatchObject({ taken: 300, replayed: 300 });
    expect(await run(...replay)).toBe(0);
    expect(JSON.parse(said.join())).toMatchObject({ taken: 0 });
    await expect(quarantine(['list', '--s3', 's3://not-there', '--endpoint', url])).rejects.toMatchObject({
      code: 'S3_QUARANTINE',
      message: expect.stringContaining('s3://not-there/'),
    });
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});
