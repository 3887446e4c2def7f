import { bucketsTable, limitsTable, TTL_ATTRIBUTE } from '@trailgate/sdk/limits/table';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import type { PipelineFunction } from './functions/pipeline-function.ts';
import { SIZES } from './sizes/presets.ts';
import { grantLines, grantsOf, rolesOfFunctions } from './testing/grants.ts';
import { Trailgate } from './trailgate.ts';
import type { TrailgateProps } from './trailgate-props.ts';

const DOMAIN = {
  domainArn: 'arn:aws:es:eu-central-1:111122223333:domain/theirs',
  domainEndpoint: 'search-theirs.eu-central-1.es.amazonaws.com',
};

function newStack(region = 'eu-central-1'): Stack {
  return new Stack(new App(), 'Test', { env: { account: '111122223333', region } });
}

/** All that can be brought, by the prop that takes it. */
function brought(stack: Stack) {
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

function deployment(props: TrailgateProps = {}) {
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

const { stack, trail, template } = deployment({ notify: ['oncall@example.com'] });

const idOf = (construct: IConstruct): string =>
  stack.getLogicalId(construct.node.defaultChild as lambda.CfnFunction);
const arnOf = (construct: IConstruct) => ({ 'Fn::GetAtt': [idOf(construct), 'Arn'] });

describe('by default', () => {
  test('one key of the deployment encrypts streams, tables, buckets, topics, log groups and environments', () => {
    const key = arnOf(trail.key);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.allResourcesProperties('AWS::Kinesis::Stream', {
      StreamEncryption: { EncryptionType: 'KMS', KeyId: key },
    });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
    });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
    for (const { fn, logGroup } of [trail.collector, trail.detector, trail.ticker].map(
      (made) => made.pipelineFunction,
    )) {
      expect(template.toJSON().Resources[idOf(fn)].Properties.KmsKeyArn).toEqual(key);
      expect(template.toJSON().Resources[idOf(logGroup)].Properties.KmsKeyId).toEqual(key);
    }
    for (const bucket of [trail.quarantineBucket, trail.failuresBucket, trail.snapshotsBucket]) {
      expect(JSON.stringify(template.toJSON().Resources[idOf(bucket)].Properties.BucketEncryption)).toContain(
        idOf(trail.key),
      );
    }
  });

  test('the key may be used by log groups of the deployment and alarms of the account, and nobody else of AWS', () => {
    const [key] = Object.values(template.findResources('AWS::KMS::Key'));
    const services = key?.Properties.KeyPolicy.Statement.filter(
      ({ Principal }: { Principal: Record<string, unknown> }) => Principal.Service !== undefined,
    );
    expect(services).toMatchObject([
      {
        Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.anything() } },
      },
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ]);
    expect(JSON.stringify(services)).toContain('log-group:/trailgate/shop/*');
  });

  test('streams have the shards and the retention of the size', () => {
    template.resourcePropertiesCountIs(
      'AWS::Kinesis::Stream',
      { ShardCount: 1, RetentionPeriodHours: 24 },
      2,
    );
  });

  test('the tables have the keys that the SDK reads by, a time to live, recovery and protection', () => {
    const limits = limitsTable('any');
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: limits.KeySchema,
      AttributeDefinitions: Match.arrayWith(limits.AttributeDefinitions),
      GlobalSecondaryIndexes: limits.GlobalSecondaryIndexes,
    });
    template.hasResourceProperties('AWS::DynamoDB::Table', { KeySchema: bucketsTable('any').KeySchema });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  test('every bucket is closed to the public and to plain HTTP, and all but one log each access', () => {
    template.resourceCountIs('AWS::S3::Bucket', 5);
    template.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    template.resourcePropertiesCountIs(
      'AWS::S3::BucketPolicy',
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        },
      },
      5,
    );
    template.resourcePropertiesCountIs(
      'AWS::S3::Bucket',
      { LoggingConfiguration: { DestinationBucketName: Match.anyValue() } },
      4,
    );
  });

  test('topics refuse plain HTTP, and alarms may publish to theirs', () => {
    template.allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'oncall@example.com',
    });
  });

  test('each function runs on arm64 and Node 24, traced, with JSON lines in a log group of its own that expires', () => {
    for (const [name, made] of Object.entries({
      collector: trail.collector,
      detector: trail.detector,
      ticker: trail.ticker,
    })) {
      const { fn, logGroup } = made.pipelineFunction;
      template.hasResourceProperties('AWS::Lambda::Function', {
        Role: arnOf(made.pipelineFunction.role),
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: idOf(logGroup) } },
        ReservedConcurrentExecutions: 2,
      });
      template.hasResourceProperties('AWS::Logs::LogGroup', {
        LogGroupName: `/trailgate/shop/${name}`,
        RetentionInDays: SIZES.dev.logRetentionDays,
      });
      expect(fn.timeout?.toSeconds()).toBeGreaterThan(60);
    }
  });

  test('functions are told what they read from their environment', () => {
    const environment = (made: { readonly fn: lambda.Function }) =>
      Object.keys(template.toJSON().Resources[idOf(made.fn)].Properties.Environment.Variables).sort();
    expect(environment(trail.collector)).toEqual([
      'INDEX_SERVICE',
      'INDEX_URL',
      'OWN_LOG_GROUPS',
      'QUARANTINE_BUCKET',
      'QUARANTINE_KEY_ARN',
      'SIGNALS_STREAM',
    ]);
    expect(environment(trail.detector)).toEqual([
      'BUCKETS_TABLE',
      'FINDINGS_TOPIC_ARN',
      'INDEX_SERVICE',
      'INDEX_URL',
      'LIMITS_TABLE',
      'SNAPSHOTS_BUCKET',
    ]);
    expect(environment(trail.ticker)).toEqual(['SIGNALS_STREAM', 'TICKS_PER_MINUTE']);
  });

  test('a batch that fails is split, tried again and kept whole in S3 before the stream drops it', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 100,
      MaximumRecordAgeInSeconds: 23 * 3_600,
      MetricsConfig: { Metrics: ['EventCount'] },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arnOf(trail.logStream),
      DestinationConfig: { OnFailure: { Destination: arnOf(trail.failuresBucket) } },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arnOf(trail.signalStream),
      DestinationConfig: { OnFailure: { Destination: arnOf(trail.signalFailuresBucket) } },
      ParallelizationFactor: 1,
    });
  });

  test('the ticker is called each minute, and a tick that is late is not sent', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: arnOf(trail.ticker.fn), RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });

  test('what keeps data stays when the stack goes', () => {
    for (const type of ['AWS::KMS::Key', 'AWS::Kinesis::Stream', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('a function that is watched sends its lines to the stream, and there are alarms and a dashboard', () => {
    template.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      DestinationArn: arnOf(trail.logStream),
    });
    expect(trail.alarms?.alarms.size).toBeGreaterThan(20);
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  });

  test('the template is the same at each synth', () => {
    expect(deployment({ notify: ['oncall@example.com'] }).template.toJSON()).toEqual(template.toJSON());
  });
});

describe('a role is allowed what its function calls, and nothing outside of it', () => {
  const name = (id: string): string => {
    const known: Readonly<Record<string, IConstruct>> = {
      logs: trail.logStream,
      signals: trail.signalStream,
      limits: trail.limitsTable,
      buckets: trail.bucketsTable,
      quarantine: trail.quarantineBucket,
      failures: trail.failuresBucket,
      'signal failures': trail.signalFailuresBucket,
      snapshots: trail.snapshotsBucket,
      findings: trail.findingsTopic,
      key: trail.key,
    };
    return Object.entries(known).find(([, construct]) => idOf(construct) === id)?.[0] ?? id;
  };
  const lines = (made: { readonly pipelineFunction: PipelineFunction }): readonly string[] => {
    const { role, logGroup } = made.pipelineFunction;
    const all = grantLines(grantsOf(template, idOf(role))).map((line) =>
      line
        .replaceAll(`<${idOf(logGroup)}.Arn>`, '<own log group>')
        .replace(/<(\w+?)(?:\.Arn)?>/g, (_, id: string) => `<${name(id)}>`)
        .replace(/arn:\S*domain\/shop/, '<domain>')
        .replace(/if StringEquals kms:ViaService (\w+)\.eu-central-1\.amazonaws\.com/, 'via $1'),
    );
    expect(all).toEqual(expect.arrayContaining(EVERY_FUNCTION));
    return all.filter((line) => !EVERY_FUNCTION.includes(line)).sort();
  };
  const EVERY_FUNCTION = [
    'logs:CreateLogStream <own log group>',
    'logs:PutLogEvents <own log group>',
    // X-Ray knows no resources for these.
    'xray:PutTelemetryRecords *',
    'xray:PutTraceSegments *',
  ];
  const readStream = (stream: string) =>
    ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'].map(
      (action) => `kinesis:${action} <${stream}>`,
    );
  const failedBatches = (bucket: string) => [
    `s3:ListBucket <${bucket}>`,
    `s3:PutObject <${bucket}>/aws/lambda/*`,
  ];

  test('the collector', () => {
    expect(lines(trail.collector)).toEqual(
      [
        ...readStream('logs'),
        ...failedBatches('failures'),
        'es:ESHttpPost <domain>/_bulk',
        'kinesis:PutRecords <signals>',
        'kms:Decrypt <key> via kinesis',
        'kms:Decrypt <key> via s3',
        'kms:GenerateDataKey <key> via kinesis',
        'kms:GenerateDataKey <key> via s3',
        's3:PutObject <quarantine>/quarantine/*',
      ].sort(),
    );
  });

  test('the detector', () => {
    expect(lines(trail.detector)).toEqual(
      [
        ...readStream('signals'),
        ...failedBatches('signal failures'),
        // A metric is no resource.
        'cloudwatch:PutMetricData * if StringEquals cloudwatch:namespace Trailgate',
        'dynamodb:GetItem <limits>',
        'dynamodb:UpdateItem <buckets>',
        'dynamodb:UpdateItem <limits>',
        'es:ESHttpPost <domain>/_bulk',
        'kms:Decrypt <key> via dynamodb',
        'kms:Decrypt <key> via kinesis',
        'kms:Decrypt <key> via s3',
        'kms:Decrypt <key> via sns',
        'kms:DescribeKey <key> via dynamodb',
        'kms:Encrypt <key> via dynamodb',
        'kms:GenerateDataKey <key> via dynamodb',
        'kms:GenerateDataKey <key> via s3',
        'kms:GenerateDataKey <key> via sns',
        's3:GetObject <snapshots>/snapshots/*',
        's3:ListBucket <snapshots>',
        's3:PutObject <snapshots>/snapshots/*',
        'sns:Publish <findings>',
      ].sort(),
    );
  });

  test('the ticker', () => {
    expect(lines(trail.ticker)).toEqual([
      'kinesis:ListShards <signals>',
      'kinesis:PutRecords <signals>',
      'kms:GenerateDataKey <key> via kinesis',
    ]);
  });

  test('a function that enforces limits', () => {
    const role = [...rolesOfFunctions(template)].find(([fn]) => fn.startsWith('Orders'))?.[1] ?? 'none';
    const granted = grantLines(grantsOf(template, role)).map((line) =>
      line.replace(/<(\w+)\.Arn>/g, (_, id: string) => `<${name(id)}>`),
    );
    expect(granted.filter((line) => line.startsWith('dynamodb'))).toEqual([
      'dynamodb:GetItem <buckets>',
      'dynamodb:GetItem <limits>',
      'dynamodb:Query <limits>/index/delta',
      'dynamodb:UpdateItem <buckets>',
    ]);
    expect(
      granted.filter((line) => line.startsWith('kms') && !line.includes('dynamodb.eu-central-1')),
    ).toEqual([]);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          LIMITS_TABLE: { Ref: idOf(trail.limitsTable) },
          BUCKETS_TABLE: { Ref: idOf(trail.bucketsTable) },
        },
      },
      Role: { 'Fn::GetAtt': [role, 'Arn'] },
    });
  });
});

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

test('limits cannot be granted to a function whose role nobody knows', () => {
  const imported = lambda.Function.fromFunctionName(newStack(), 'Theirs', 'theirs');
  expect(() => trail.grantLimits(imported)).toThrow(
    'grantLimits(Test/Theirs): expected a function whose role is known',
  );
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
