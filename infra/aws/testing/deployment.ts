import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Trailgate } from '../trailgate.ts';
import type { TrailgateProps } from '../trailgate-props.ts';

export const DOMAIN = {
  domainArn: 'arn:aws:es:eu-central-1:111122223333:domain/theirs',
  domainEndpoint: 'search-theirs.eu-central-1.es.amazonaws.com',
};

export function newStack(region = 'eu-central-1'): Stack {
  return new Stack(new App(), 'Test', { env: { account: '111122223333', region } });
}

/** All that can be brought, by the prop that takes it. */
export function brought(stack: Stack) {
  const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:111122223333:${rest}`;
  const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, name);
  const table = (id: string) => dynamodb.Table.fromTableArn(stack, id, arn('dynamodb', `table/${id}`));
  return {
    existingKey: kms.Key.fromKeyArn(stack, 'TheirKey', arn('kms', 'key/1')),
    existingLogStream: kinesis.Stream.fromStreamArn(stack, 'TheirLogs', arn('kinesis', 'stream/logs')),
    existingSignalStream: kinesis.Stream.fromStreamArn(
      stack,
      'TheirSignals',
      arn('kinesis', 'stream/signals'),
    ),
    existingLimitsTable: table('their-limits'),
    existingBucketsTable: table('their-buckets'),
    existingQuarantineBucket: bucket('their-quarantine'),
    existingFailuresBucket: bucket('their-failures'),
    existingSignalFailuresBucket: bucket('their-signal-failures'),
    existingSnapshotsBucket: bucket('their-snapshots'),
    existingDomain: opensearch.Domain.fromDomainAttributes(stack, 'TheirDomain', DOMAIN),
    existingAlarmTopic: sns.Topic.fromTopicArn(stack, 'TheirAlarms', arn('sns', 'alarms')),
    existingFindingsTopic: sns.Topic.fromTopicArn(stack, 'TheirFindings', arn('sns', 'findings')),
  } satisfies TrailgateProps;
}

export function deployment(props: TrailgateProps = {}) {
  const stack = newStack();
  const trail = new Trailgate(stack, 'Trail', { name: 'shop', size: 'dev', ...props });
  const fn = new lambda.Function(stack, 'Orders', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('export const handler = async () => undefined;'),
  });
  trail.watch(fn);
  trail.grantLimits(fn);
  return { stack, trail, template: Template.fromStack(stack) };
}
