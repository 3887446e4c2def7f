/** What may pass each endpoint of the network: the calls that the functions make, by callers of this account. */
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Fn } from 'aws-cdk-lib/core';

/** Services with an endpoint that is paid by the hour and zone, by the calls that pass it. */
export const INTERFACE_CALLS = {
  /** Collector and ticker put signals, the latter on each shard that it finds. */
  kinesis: ['kinesis:ListShards', 'kinesis:PutRecords'],
  /** The detector publishes its series. */
  monitoring: ['cloudwatch:PutMetricData'],
  /** The detector tells of findings. */
  sns: ['sns:Publish'],
} as const;

export type InterfaceService = keyof typeof INTERFACE_CALLS;

/** The detector's caps, and buckets of tokens. */
export const DYNAMODB_CALLS = [
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** The collector's quarantine and the detector's snapshots. */
export const S3_CALLS = ['s3:GetObject', 's3:ListBucket', 's3:PutObject'];

/** What a role may do in detail is in its own policy; a stream or a topic may be of another account. */
export function callsOfThisAccount(actions: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: [...actions],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
  });
}

/**
 * The set-up answers CloudFormation by an upload that CloudFormation has signed, to a bucket of AWS whose name has
 * the Region without its dashes. (AWS CloudFormation User Guide, "Setting up VPC endpoints")
 */
export function answersToCloudFormation(): iam.PolicyStatement {
  const region = Fn.join('', Fn.split('-', Aws.REGION));
  return new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [`arn:${Aws.PARTITION}:s3:::cloudformation-custom-resource-response-${region}/*`],
  });
}
