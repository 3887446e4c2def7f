import { bucketsTable, limitsTable, TTL_ATTRIBUTE } from '@trailgate/sdk/limits/table';
import { Match } from 'aws-cdk-lib/assertions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { SIZES } from './sizes/presets.ts';
import { deployment } from './testing/deployment.ts';

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
