/** Makes a bucket that keeps data of the pipeline: private, encrypted, over TLS only, each access logged. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketOf } from '../declared-interface.ts';
import { logAccess } from './access-logs-bucket.ts';
import { ABORT_UPLOADS } from './lifecycle.ts';
import { PRIVATE_BUCKET } from './private-bucket.ts';

export interface DataBucketOptions {
  readonly key: kms.IKey;
  readonly accessLogs: s3.IBucket;
  readonly removalPolicy: RemovalPolicy;
  readonly versioned: boolean;
  readonly lifecycleRules?: readonly s3.LifecycleRule[];
  readonly props: s3.BucketProps | undefined;
}

export function dataBucket(scope: Construct, id: string, options: DataBucketOptions): s3.IBucket {
  const { key, accessLogs, removalPolicy, versioned, lifecycleRules = [], props = {} } = options;
  const bucket = new s3.Bucket(scope, id, {
    ...(props.encryption === undefined && {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.encryptionKey ?? key,
      // A key of the bucket spares a call to KMS for each object.
      bucketKeyEnabled: true,
    }),
    ...PRIVATE_BUCKET,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned,
    lifecycleRules: [ABORT_UPLOADS, ...lifecycleRules],
    removalPolicy,
    ...props,
  });
  if (props.serverAccessLogsBucket === undefined) logAccess(bucket, accessLogs, `${id}/`);
  return bucketOf(bucket);
}
