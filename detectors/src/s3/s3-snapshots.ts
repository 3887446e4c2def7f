/** Keeps each shard's state in S3: one object a shard, moved on only from the version it had. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SnapshotConflictError } from '../errors.ts';
import type { SnapshotPort, StoredState } from '../ports.ts';
import { SnapshotStoreError } from './snapshot-store-error.ts';

export interface S3SnapshotOptions {
  readonly bucket: string;
  /** Put before every key; a `/` at its end is optional. @default 'snapshots' */
  readonly prefix?: string;
  /** Key or ARN in KMS that encrypts what is written. @default the bucket's own encryption */
  readonly kmsKeyId?: string;
}

/** For a whole call with the client's own retries, milliseconds: one that hangs must not hold a batch. */
const CALL_MS = 30_000;
/** What one state may inflate to: twenty times what the largest is known to take. */
const MAX_STATE_BYTES = 268_435_456;
const FASTEST = 1; // zlib level: the state is written with every batch
/** Another writer was first; was about to be; or has removed what was to be replaced. */
const CONFLICTS: ReadonlySet<number | undefined> = new Set([412, 409, 404]);

const compressed = promisify(gzip);
const inflated = promisify(gunzip);

/**
 * Objects `<prefix>/<shard>.json.gz`, written with `If-None-Match: *` at first and with `If-Match` after; the version is the ETag, so the
 * same state stored again keeps it. Needs `s3:GetObject` and `s3:PutObject` on the objects and `s3:ListBucket` on the bucket, without
 * which S3 does not tell a missing object from a forbidden one. A write whose answer is lost can end in a conflict
 * with itself; the batch then comes again and finds its state stored.
 * `load` and `save` throw SnapshotStoreError when S3 does not do what is asked.
 */
export function createS3Snapshots(client: S3Client, options: S3SnapshotOptions): SnapshotPort {
  const { bucket, kmsKeyId } = options;
  const prefix = (options.prefix ?? 'snapshots').replace(/\/$/, '');
  const placeOf = (shard: string) => ({
    Bucket: bucket,
    Key: `${prefix === '' ? '' : `${prefix}/`}${shard}.json.gz`,
  });
  const failed = (action: string, shard: string, cause: unknown): SnapshotStoreError =>
    new SnapshotStoreError(action, `s3://${bucket}/${placeOf(shard).Key}`, cause);

  async function load(shard: string): Promise<StoredState | undefined> {
    try {
      const { Body, ETag, LastModified } = await client.send(new GetObjectCommand(placeOf(shard)), bounded());
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      return {
        state: await stateIn(bytes),
        version: ETag ?? '',
        ...(LastModified === undefined ? {} : { storedAt: LastModified.getTime() }),
      };
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw failed('read it', shard, error);
    }
  }

  async function save(shard: string, state: string, expectedVersion: string | undefined): Promise<string> {
    const Body = await compressed(state, { level: FASTEST });
    try {
      const { ETag } = await client.send(
        new PutObjectCommand({
          ...placeOf(shard),
          Body,
          ContentType: 'application/gzip',
          ...(expectedVersion === undefined ? { IfNoneMatch: '*' } : { IfMatch: expectedVersion }),
          ...encryption(kmsKeyId),
        }),
        bounded(),
      );
      return ETag ?? '';
    } catch (error) {
      if (!isConflict(error)) throw failed('write it', shard, error);
      throw new SnapshotConflictError(shard, expectedVersion, await versionNow(shard));
    }
  }

  /** Only to say it: undefined when there is none. */
  async function versionNow(shard: string): Promise<string | undefined> {
    try {
      return (await client.send(new HeadObjectCommand(placeOf(shard)), bounded())).ETag;
    } catch (error) {
      return statusOf(error) === 404 ? undefined : 'that is not known';
    }
  }

  return { load, save };
}

/** What is no state any more is empty text, over which the detector begins anew as over any that it cannot read. */
async function stateIn(bytes: Uint8Array): Promise<string> {
  try {
    return (await inflated(bytes, { maxOutputLength: MAX_STATE_BYTES })).toString('utf8');
  } catch {
    return '';
  }
}

function encryption(kmsKeyId: string | undefined) {
  if (kmsKeyId === undefined) return {};
  // A bucket key spares a call to KMS for each object.
  return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true } as const;
}

function isConflict(error: unknown): boolean {
  // A bucket that is not there is a 404, too.
  return CONFLICTS.has(statusOf(error)) && !(error instanceof Error && error.name === 'NoSuchBucket');
}

function bounded(): { readonly abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(CALL_MS) };
}

function statusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | null)?.$metadata
    ?.httpStatusCode;
}
