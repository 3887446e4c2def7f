/** Makes the detector: reads signals, keeps its state a shard, writes findings, caps and metrics. */
import { METRIC_NAMESPACE } from '@trailgate/sdk/wire';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acceptObjects } from '../functions/accept-objects.ts';
import type { PipelineFunctionSettings } from '../functions/function-settings.ts';
import { PipelineFunction } from '../functions/pipeline-function.ts';
import { grantKeyUse } from '../keys/grant-key-use.ts';
import { indexEnvironment } from '../search/index-environment.ts';
import type { TrailIndex } from '../search/trail-index.ts';
import type { Size } from '../sizes/size.ts';
import { consumeStream } from '../streams/consume-stream.ts';
import { grantCapWriting, type LimitsTables } from '../tables/grant-tables.ts';
import { grantPublish } from '../topics/pipeline-topic.ts';

export interface DetectorFunctionProps extends PipelineFunctionSettings {
  readonly size: Size['detector'];
  readonly reservedConcurrency: number | undefined;
  readonly signalStream: kinesis.IStream;
  readonly retentionHours: number;
  readonly snapshots: s3.IBucket;
  readonly failures: s3.IBucket;
  readonly tables: LimitsTables;
  readonly findings: sns.ITopic;
  readonly index: TrailIndex;
}

/** Keys are `snapshots/<shard>.json.gz`: `createS3Snapshots` of the detectors. */
const SNAPSHOT_OBJECTS = 'snapshots/*';

export class DetectorFunction extends Construct {
  readonly fn: lambda.Function;
  readonly pipelineFunction: PipelineFunction;
  readonly source: lambda.EventSourceMapping;

  constructor(scope: Construct, id: string, props: DetectorFunctionProps) {
    super(scope, id);
    const { key, index, signalStream, snapshots, size, tables } = props;
    this.pipelineFunction = new PipelineFunction(this, 'Function', {
      name: 'detector',
      description: 'Trailgate: finds abuse and anomalies in signals, and lowers caps',
      memory: size.memory,
      timeout: Duration.minutes(2),
      reservedConcurrency: props.reservedConcurrency,
      key,
      logGroupName: `${props.logGroupPrefix}detector`,
      logRetentionDays: props.logRetentionDays,
      network: props.network,
      environment: {
        ...indexEnvironment(index),
        SNAPSHOTS_BUCKET: snapshots.bucketName,
        LIMITS_TABLE: tables.limits.tableName,
        BUCKETS_TABLE: tables.buckets.tableName,
        FINDINGS_TOPIC_ARN: props.findings.topicArn,
      },
    });
    this.fn = this.pipelineFunction.fn;
    this.#grantSnapshots(snapshots);
    grantCapWriting(this.fn, tables);
    grantPublish(this.fn, props.findings);
    index.grantWrite(this.fn, ['trail']);
    this.fn.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        // Metrics are no resources; their namespace is all that can be named.
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } },
      }),
    );
    this.source = consumeStream(this.pipelineFunction, 'Signals', {
      stream: signalStream,
      batchSize: size.batchSize,
      batchingWindow: size.batchingWindow,
      // A shard is one actor, whose state the next batch continues.
      parallelizationFactor: 1,
      retentionHours: props.retentionHours,
      failures: props.failures,
    });
  }

  /** Listing is what tells a snapshot that is not there yet (404) from one that may not be read (403). */
  #grantSnapshots(snapshots: s3.IBucket): void {
    this.fn.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [snapshots.arnForObjects(SNAPSHOT_OBJECTS)],
      }),
    );
    this.fn.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [snapshots.bucketArn] }),
    );
    grantKeyUse(this.fn, snapshots.encryptionKey, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']);
    acceptObjects(this.pipelineFunction, [snapshots.arnForObjects(SNAPSHOT_OBJECTS)]);
  }
}
