/** Makes the bucket that access logs of other buckets go to, and sends them there. */
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import { bucketOf } from '../declared-interface.ts';
import { ABORT_UPLOADS, EXPIRE } from './lifecycle.ts';
import { PRIVATE_BUCKET } from './private-bucket.ts';

export function accessLogsBucket(scope: Construct, id: string, removalPolicy: RemovalPolicy): s3.IBucket {
  const bucket = new s3.Bucket(scope, id, {
    // Log delivery writes to no bucket that is encrypted with a key of the account.
    encryption: s3.BucketEncryption.S3_MANAGED,
    ...PRIVATE_BUCKET,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    lifecycleRules: [ABORT_UPLOADS, EXPIRE],
    removalPolicy,
  });
  acceptFinding(bucket, {
    nag: ['AwsSolutions-S1'],
    checkov: ['CKV_AWS_18'],
    cfnNag: ['W35'],
    reason: 'It keeps the access logs of the other buckets; logging its own into itself would never end.',
  });
  return bucketOf(bucket);
}

/**
 * Not by `serverAccessLogsBucket`: without a feature flag in the app that writes an access control list, which a bucket
 * whose owner is enforced refuses.
 */
export function logAccess(bucket: s3.Bucket, logs: s3.IBucket, prefix: string): void {
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  resource.loggingConfiguration = { destinationBucketName: logs.bucketName, logFilePrefix: prefix };
  logs.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logs.arnForObjects(`${prefix}*`)],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account },
        // In another stack its policy cannot name what depends on it.
        ...(Stack.of(logs) === Stack.of(bucket) && { ArnLike: { 'aws:SourceArn': bucket.bucketArn } }),
      },
    }),
  );
}
