/** Keeps what the collector sets aside in S3: one object for the entries of a call, written once. */
import type { S3Client } from '@aws-sdk/client-s3';
import type { QuarantineEntry, QuarantinePort } from '../ports.ts';
import { Bucket, type BucketOptions } from './bucket.ts';
import { bundleKey, bundlesOf, encodeBundle } from './quarantine-object.ts';

export interface S3QuarantineOptions extends BucketOptions {
  /** Put before every key that is written here; a `/` at its end is optional. */
  readonly prefix: string;
}

/** Objects on their way at once: bounds memory and sockets, whatever a batch holds. */
const CONCURRENCY = 4;

/**
 * Objects `<prefix>/quarantine/YYYY/MM/DD/<hash>.ndjson.gz`. The same entries again change nothing. `put` rejects with
 * `S3QuarantineError` when any entry may not be durable; all of them may then be put again.
 */
export function createS3Quarantine(client: S3Client, options: S3QuarantineOptions): QuarantinePort {
  const bucket = new Bucket(client, options);
  const prefix = openPrefix(options.prefix);
  return { put: (entries) => putEntries(bucket, prefix, entries) };
}

/** Where entries that wait for a replay are kept. */
export function openPrefix(prefix: string): string {
  return `${withSlash(prefix)}quarantine/`;
}

export function withSlash(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}

/** @throws S3QuarantineError */
export async function putEntries(
  bucket: Bucket,
  prefix: string,
  entries: readonly QuarantineEntry[],
): Promise<void> {
  const bundles = bundlesOf(entries);
  for (let from = 0; from < bundles.length; from += CONCURRENCY) {
    const puts = bundles
      .slice(from, from + CONCURRENCY)
      .map(async (bundle) => bucket.create(prefix + bundleKey(bundle), await encodeBundle(bundle)));
    const failed = (await Promise.allSettled(puts)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
