/** The customer key of one API, and what lets AWS's own services use it for exactly this API's files. */

import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export function createEncryptionKey(
  scope: Construct,
  id: string,
  name: string,
  removalPolicy: RemovalPolicy,
): kms.Key {
  return new kms.Key(scope, id, {
    alias: `alias/${name}`,
    description: `Encrypts the data and the logs of the API ${name}`,
    enableKeyRotation: true,
    removalPolicy,
  });
}

/** Lets the service that carries CloudFront's access logs write them into an encrypted bucket. */
export function allowLogDelivery(key: kms.IKey, scope: Construct): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      // In the policy of a key `*` is the key itself.
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    true,
  );
}

/** Lets CloudTrail encrypt the files of one trail (CloudTrail user guide, "Configure KMS key policies"). */
export function allowTrail(key: kms.IKey, scope: Construct, trailName: string): void {
  const { partition, region, account } = Stack.of(scope);
  const arn = `arn:${partition}:cloudtrail:${region}:${account}:trail/${trailName}`;
  const context = `arn:${partition}:cloudtrail:*:${account}:trail/*`;
  const allow = (actions: string[], conditions: Record<string, object>): void => {
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
        actions,
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceArn': arn }, ...conditions },
      }),
      true,
    );
  };
  allow(['kms:GenerateDataKey*'], { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': context } });
  allow(['kms:DescribeKey'], {});
}
