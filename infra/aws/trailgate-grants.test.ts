import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import type { PipelineFunction } from './functions/pipeline-function.ts';
import { deployment, newStack } from './testing/deployment.ts';
import { grantLines, grantsOf, rolesOfFunctions } from './testing/grants.ts';

const { stack, trail, template } = deployment({ notify: ['oncall@example.com'] });

const idOf = (construct: IConstruct): string =>
  stack.getLogicalId(construct.node.defaultChild as lambda.CfnFunction);

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
test('limits cannot be granted to a function whose role nobody knows', () => {
  const imported = lambda.Function.fromFunctionName(newStack(), 'Theirs', 'theirs');
  expect(() => trail.grantLimits(imported)).toThrow(
    'grantLimits(Test/Theirs): expected a function whose role is known',
  );
});
