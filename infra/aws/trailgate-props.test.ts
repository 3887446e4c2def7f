import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { SIZES } from './sizes/presets.ts';
import { brought, DOMAIN, deployment, newStack } from './testing/deployment.ts';
import { grantLines, grantsOf } from './testing/grants.ts';
import { Trailgate } from './trailgate.ts';
import type { TrailgateProps } from './trailgate-props.ts';

test('the collector is told in which logs to believe a header about the client', () => {
  const at = newStack();
  const made = new Trailgate(at, 'Trail', { size: 'dev', dashboard: false, alarms: false });
  made.trustClientAddress('shop', 'x-client-address');
  made.trustClientAddress('other', 'X-Real-Client');
  made.trustClientAddress('shop', 'x-client-address');
  Template.fromStack(at).hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        CLIENT_ADDRESS_HEADERS: 'other=X-Real-Client,shop=x-client-address',
        QUARANTINE_BUCKET: Match.anyValue(),
      },
    },
  });
  expect(() => made.trustClientAddress('a,b', 'x')).toThrow(
    'trustClientAddress(webAclName): expected 1 to 128',
  );
  expect(() => made.trustClientAddress('a', 'x y')).toThrow('trustClientAddress(header): expected the name');
});
describe('with resources that exist', () => {
  const theirs = newStack();
  const given = brought(theirs);
  const theirTrail = new Trailgate(theirs, 'Trail', { name: 'theirs', ...given });
  const theirTemplate = Template.fromStack(theirs);

  test('none of their kinds is made', () => {
    for (const type of [
      'AWS::KMS::Key',
      'AWS::Kinesis::Stream',
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::OpenSearchService::Domain',
      'AWS::SNS::Topic',
      'AWS::EC2::VPC',
    ]) {
      theirTemplate.resourceCountIs(type, 0);
    }
  });

  test('they are what the functions are told and the properties give', () => {
    expect(theirTrail.logStream).toBe(given.existingLogStream);
    expect(theirTrail.limitsTable).toBe(given.existingLimitsTable);
    expect(theirTrail.accessLogsBucket).toBeUndefined();
    theirTemplate.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          INDEX_URL: `https://${DOMAIN.domainEndpoint}`,
          QUARANTINE_BUCKET: 'their-quarantine',
          SIGNALS_STREAM: 'signals',
        }),
      },
    });
  });

  test('a stream whose retention is not known is taken to keep a day', () => {
    theirTemplate.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      MaximumRecordAgeInSeconds: 23 * 3_600,
    });
  });
});

describe('props', () => {
  test('change what is made', () => {
    const { template: changed, trail: made } = deployment({
      removalPolicy: RemovalPolicy.DESTROY,
      logStreamProps: { shardCount: 4, retentionPeriod: Duration.days(3) },
      signalStreamProps: { streamMode: kinesis.StreamMode.ON_DEMAND },
      limitsTableProps: { tableName: 'caps' },
      reservedConcurrency: true,
      network: 'private',
      logRetentionDays: 5,
      alarms: false,
      dashboard: false,
      accountSubscription: true,
    });
    changed.hasResourceProperties('AWS::Kinesis::Stream', { ShardCount: 4, RetentionPeriodHours: 72 });
    changed.hasResourceProperties('AWS::Kinesis::Stream', {
      ShardCount: Match.absent(),
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
    changed.hasResourceProperties('AWS::DynamoDB::Table', {
      TableName: 'caps',
      DeletionProtectionEnabled: false,
    });
    changed.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MaximumRecordAgeInSeconds: 71 * 3_600,
    });
    // One for each shard, and one for a batch that is tried again.
    changed.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5 });
    changed.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/trailgate/shop/collector',
      RetentionInDays: 5,
    });
    changed.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    changed.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    changed.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    changed.resourceCountIs('AWS::Logs::AccountPolicy', 1);
    const roleId = Stack.of(made).getLogicalId(
      made.ticker.pipelineFunction.role.node.defaultChild as lambda.CfnFunction,
    );
    const inVpc = grantLines(grantsOf(changed, roleId)).filter((line) =>
      line.includes('ec2:CreateNetworkInterface'),
    );
    // EC2 knows no resource for them before they are there; the function's own code is kept from it.
    expect(inVpc).toEqual([
      'ec2:CreateNetworkInterface *',
      'not ec2:CreateNetworkInterface * if Null lambda:SourceFunctionArn false',
    ]);
  });

  test('the name is made of the path where none is given, and short enough for all that is named by it', () => {
    const long = new Stack(new App(), 'AStackOfSomebodyWithALongNameForIt');
    const made = new Trailgate(long, 'TrailOfTheirs', { size: 'dev' });
    expect(made.name).toMatch(/^[a-z][a-z0-9-]{1,26}[a-z0-9]$/);
  });

  const bad: readonly (readonly [string, (stack: Stack) => unknown, string])[] = [
    ['a name with capitals', () => ({ name: 'Trail' }), 'name: expected 3 to 32 characters'],
    ['a name that is too long', () => ({ name: 'a'.repeat(33) }), 'name: expected 3 to 32 characters'],
    ['a name too long for its domain', () => ({ name: 'a'.repeat(30) }), 'name: expected 3 to 28 characters'],
    [
      'an unknown size',
      () => ({ size: 'huge' }),
      "size: expected one of dev, small, large, or a Size, got 'huge'",
    ],
    [
      'a size that lacks a part',
      () => ({ size: { ...SIZES.dev, collector: { memory: 512 } } }),
      'size.collector.reservedConcurrency: expected a whole number',
    ],
    ...(
      [
        ['existingKey', 'keyProps'],
        ['existingLogStream', 'logStreamProps'],
        ['existingSignalStream', 'signalStreamProps'],
        ['existingLimitsTable', 'limitsTableProps'],
        ['existingBucketsTable', 'bucketsTableProps'],
        ['existingDomain', 'domainProps'],
        ['existingAlarmTopic', 'alarmTopicProps'],
        ['existingFindingsTopic', 'findingsTopicProps'],
      ] as const
    ).map(
      ([existing, made]) =>
        [
          `${existing} with ${made}`,
          (stack: Stack) => ({ [existing]: brought(stack)[existing], [made]: {} }),
          `${made}: expected either it or ${existing}, got both`,
        ] as const,
    ),
    [
      'a domain and a collection',
      (stack) => ({ existingDomain: brought(stack).existingDomain, collection: true }),
      'collection: expected either it or existingDomain, got both',
    ],
    [
      'bucketProps for no bucket',
      (stack) => ({ ...brought(stack), bucketProps: {} }),
      'bucketProps: expected none where all buckets of data exist already, got both',
    ],
    [
      'an ARN for a stream',
      () => ({ existingLogStream: 'arn:aws:kinesis:…' }),
      'existingLogStream: expected a construct with a streamArn',
    ],
    [
      'no shard',
      () => ({ logStreamProps: { shardCount: 0 } }),
      'logStreamProps.shardCount: expected a whole number',
    ],
    [
      'shards of a stream on demand',
      () => ({ logStreamProps: { shardCount: 2, streamMode: kinesis.StreamMode.ON_DEMAND } }),
      'logStreamProps.shardCount: expected none for a stream on demand, got 2',
    ],
    [
      'too short a retention',
      () => ({ signalStreamProps: { retentionPeriod: Duration.hours(2) } }),
      'signalStreamProps.retentionPeriod: expected 24 to 8760 hours, got 2',
    ],
    [
      'days that CloudWatch does not know',
      () => ({ logRetentionDays: 42 }),
      'logRetentionDays: expected one of 1, 3, 5',
    ],
    [
      'a switch that is a text',
      () => ({ reservedConcurrency: 'no' }),
      "reservedConcurrency: expected true or false, got 'no'",
    ],
    [
      'one name for several buckets',
      () => ({ bucketProps: { bucketName: 'ours' } }),
      'bucketProps.bucketName: expected none: each bucket that is made would have it, got one',
    ],
    ['no network', () => ({ network: 'vpc' }), "network: expected 'public' or 'private', got 'vpc'"],
    [
      'a public network in a VPC',
      (stack) => ({ network: 'public', vpc: new ec2.Vpc(stack, 'Vpc') }),
      "network: expected 'private', or no vpc, got 'public' with a vpc",
    ],
    [
      'subnets of no VPC',
      () => ({ vpcSubnets: {} }),
      'vpcSubnets: expected the vpc that it belongs to, got none',
    ],
    [
      'no address',
      () => ({ notify: ['ok@example.com', 'oncall'] }),
      "notify[1]: expected an e-mail address, got 'oncall'",
    ],
    ['no removal policy', () => ({ removalPolicy: 'keep' }), 'removalPolicy: expected a RemovalPolicy'],
    [
      'a domain that nothing sets up',
      () => ({ setup: false }),
      'setup: expected options for a domain that is made here',
    ],
    [
      'an unknown alarm',
      () => ({ alarms: { without: ['collector-lost'] } }),
      'alarms.without[0]: expected the id of an alarm',
    ],
    ['a prop that is none', () => ({ sise: 'dev' }), 'sise: expected one of name, size, existingKey'],
    ['props that are none', () => 'dev', "props: expected an object, got 'dev'"],
  ];

  test.each(bad)('%s', (_, props, message) => {
    const at = newStack();
    expect(() => new Trailgate(at, 'Trail', props(at) as TrailgateProps)).toThrow(
      expect.objectContaining({ code: 'TRAILGATE_PROPS', message: expect.stringContaining(message) }),
    );
  });

  test.each([
    ['eu-nowhere-1', {}, "env.region: expected a region that aws-cdk-lib knows, got 'eu-nowhere-1'"],
    [
      'af-south-1',
      { collection: true },
      "collection: expected a region that has OpenSearch Serverless, got 'af-south-1'",
    ],
  ])('a deployment in %s with %j', (region, props, message) => {
    expect(() => new Trailgate(newStack(region), 'Trail', { size: 'dev', ...props })).toThrow(message);
  });
});
