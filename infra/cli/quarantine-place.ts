/** Opens the place that a command on quarantine works on: a stack's data folder, or a bucket. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createS3QuarantineStore, type QuarantineStore } from '@trailgate/collectors/s3';
import { FolderQuarantineStore } from '../local/storage/folder-quarantine-store.ts';
import { UsageError } from './usage-error.ts';

export interface PlaceOptions {
  readonly data?: string | undefined;
  readonly s3?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
}

export interface QuarantinePlace {
  readonly store: QuarantineStore;
  /** For a person. */
  readonly name: string;
  /** The index that the documents of this place belong to, where it has one of its own. */
  readonly indexFile: string | undefined;
}

/** @throws UsageError */
export function openPlace({ data, s3, region, endpoint }: PlaceOptions): QuarantinePlace {
  if ((data === undefined) === (s3 === undefined)) {
    const got = data === undefined ? 'neither' : 'both';
    throw new UsageError(`quarantine: expected --data DIR or --s3 s3://BUCKET/PREFIX, got ${got}`);
  }
  return data === undefined ? bucketPlace(s3 ?? '', region, endpoint) : folderPlace(data);
}

function folderPlace(data: string): QuarantinePlace {
  const folders = { quarantine: join(data, 'quarantine'), failures: join(data, 'failures') };
  // A folder that is made on the way would say "nothing is quarantined" of a name that was mistyped.
  if (!existsSync(folders.quarantine)) {
    throw new UsageError(`--data: expected a stack's data folder with "quarantine" in it, got "${data}"`);
  }
  return {
    store: new FolderQuarantineStore(folders),
    name: data,
    indexFile: join(data, 'index.sqlite'),
  };
}

/** As S3 names buckets: 3 to 63 lower-case letters, digits, dots and hyphens. */
const BUCKET_URL = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>.*))?$/;
/** What a server of one's own wants in signatures. */
const ANY_REGION = 'us-east-1';

function bucketPlace(s3: string, region: string | undefined, endpoint: string | undefined): QuarantinePlace {
  const { bucket, prefix = '' } = BUCKET_URL.exec(s3)?.groups ?? {};
  if (bucket === undefined)
    throw new UsageError(`--s3: expected s3://BUCKET or s3://BUCKET/PREFIX, got "${s3}"`);
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(`--endpoint: expected a URL of http or https, got "${endpoint}"`);
  }
  const own = endpoint === undefined ? {} : { endpoint, forcePathStyle: true, region: ANY_REGION };
  const client = new S3Client({ ...own, ...(region === undefined ? {} : { region }) });
  return { store: createS3QuarantineStore(client, { bucket, prefix }), name: s3, indexFile: undefined };
}
