/** Lifecycle rules that buckets of the pipeline share. */
import { Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Parts of uploads that nobody finished cost money and show nowhere. */
export const ABORT_UPLOADS: s3.LifecycleRule = {
  id: 'abort-uploads',
  abortIncompleteMultipartUploadAfter: Duration.days(7),
};

/** Lines that nobody replayed for a year are of no more use, and an incident may stay unnoticed for as long. */
export const EXPIRE: s3.LifecycleRule = {
  id: 'expire',
  expiration: Duration.days(365),
  noncurrentVersionExpiration: Duration.days(30),
};
