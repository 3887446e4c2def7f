/** Where CloudFront writes a line for each request, those that it refused itself among them. */

import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';
import { ABORT_UPLOADS, EXPIRE } from '../../buckets/lifecycle.ts';
import { PRIVATE_BUCKET } from '../../buckets/private-bucket.ts';
import { allowLogDelivery } from '../encryption-key.ts';

const PREFIX = 'edge';

export interface EdgeLogOptions {
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /** Whether CloudFront's standard logging of version 2 can be set up here: only in us-east-1. */
  readonly atTheEdge: boolean;
}

/** Version 2 writes by the bucket's policy; the older one, which is all that other regions have, by its access list. */
export function edgeLogBucket(scope: Construct, id: string, options: EdgeLogOptions): s3.Bucket {
  const { key, removalPolicy, atTheEdge } = options;
  allowLogDelivery(key, scope);
  const bucket = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    ...PRIVATE_BUCKET,
    objectOwnership: atTheEdge
      ? s3.ObjectOwnership.BUCKET_OWNER_ENFORCED
      : s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
    versioned: true,
    lifecycleRules: [ABORT_UPLOADS, EXPIRE],
    removalPolicy,
  });
  acceptFinding(bucket, {
    nag: ['AwsSolutions-S1'],
    checkov: ['CKV_AWS_18'],
    cfnNag: ['W35'],
    reason: 'It is a log itself, that only the delivery service of AWS writes to.',
  });
  return bucket;
}

/** Sends the log of a distribution to a bucket by standard logging of version 2; in us-east-1 only. */
export function deliverEdgeLog(
  scope: Construct,
  name: string,
  distributionArn: string,
  bucket: s3.Bucket,
): logs.CfnDelivery {
  const { account, partition, region } = Stack.of(scope);
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${PREFIX}/*`)],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:delivery-source:*` },
      },
    }),
  );
  const source = new logs.CfnDeliverySource(scope, 'LogSource', {
    name,
    logType: 'ACCESS_LOGS',
    resourceArn: distributionArn,
  });
  const destination = new logs.CfnDeliveryDestination(scope, 'LogDestination', {
    name,
    destinationResourceArn: `${bucket.bucketArn}/${PREFIX}`,
    outputFormat: 'json',
  });
  const delivery = new logs.CfnDelivery(scope, 'LogDelivery', {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
    s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
  });
  delivery.addResourceDependency(source);
  if (bucket.policy !== undefined) delivery.node.addDependency(bucket.policy);
  return delivery;
}
