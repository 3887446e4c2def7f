/** A place in a bucket for the quarantine contracts, with a prefix of its own. */
import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createS3QuarantineStore } from '@trailgate/collectors/s3';
import type { KeptPlace } from './quarantine-contract.ts';

/** Where Lambda leaves batches: at the top of the bucket, so that a place is emptied of them before it is used. */
const LAMBDA = 'aws/lambda/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d/shardId-000000000001/2026/11/22/';

export async function s3Place(
  client: S3Client,
  bucket: string,
  prefix: string,
  kmsKeyId?: string,
): Promise<KeptPlace> {
  const left = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'aws/lambda/' }));
  for (const { Key } of left.Contents ?? [])
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  let failures = 0;
  const leave = async (key: string, text: string): Promise<void> => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(text) }));
  };
  return {
    open: () =>
      createS3QuarantineStore(client, {
        bucket,
        prefix,
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      }),
    spoilEntries: (text) => leave(`${prefix}/quarantine/notes + more.txt`, text),
    leaveFailure: (text) => leave(`${LAMBDA}2026-11-22T10.00.0${failures++}-uuid`, text),
  };
}
