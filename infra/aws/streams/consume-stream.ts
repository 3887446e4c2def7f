/** Has Lambda read a stream for a function, so that a batch which fails is tried again, split, and kept in the end. */
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { acceptObjects } from '../functions/accept-objects.ts';
import type { PipelineFunction } from '../functions/pipeline-function.ts';
import { grantKeyUse } from '../keys/grant-key-use.ts';

export interface StreamConsumerOptions {
  readonly stream: kinesis.IStream;
  /** Records. */
  readonly batchSize: number;
  /** Seconds. */
  readonly batchingWindow: number;
  readonly parallelizationFactor: number;
  /** Hours that the stream keeps records. */
  readonly retentionHours: number;
  /** Where Lambda leaves the batches that it gives up, whole. */
  readonly failures: s3.IBucket;
}

/**
 * Attempts at a batch before it is given up: with Lambda's growing pauses of up to a minute, about an hour and a half in
 * which an index may be away without a person having to replay anything.
 */
const RETRY_ATTEMPTS = 100;
/** Lambda gives a batch up, and so keeps it, this many hours before the stream drops it. */
const KEEP_AHEAD_HOURS = 1;
/** Event source mappings take seven days at most. */
const MAX_AGE_HOURS = 168;
/** Where Lambda puts objects: Lambda developer guide, on-failure destinations of Kinesis. */
const FAILURE_OBJECTS = 'aws/lambda/*';

export function consumeStream(
  consumer: PipelineFunction,
  id: string,
  options: StreamConsumerOptions,
): lambda.EventSourceMapping {
  const { stream, failures } = options;
  const { fn } = consumer;
  grantRead(fn, stream);
  grantFailures(fn, failures);
  acceptObjects(consumer, [failures.arnForObjects(FAILURE_OBJECTS)]);
  return fn.addEventSourceMapping(id, {
    eventSourceArn: stream.streamArn,
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize: options.batchSize,
    maxBatchingWindow: Duration.seconds(options.batchingWindow),
    parallelizationFactor: options.parallelizationFactor,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: RETRY_ATTEMPTS,
    maxRecordAge: recordAge(options.retentionHours),
    // CDK's own destination grants reading and deleting as well.
    onFailure: { bind: () => ({ destination: failures.bucketArn }) },
    supportS3OnFailureDestination: true,
    metricsConfig: { metrics: [lambda.MetricType.EVENT_COUNT] },
  });
}

/** Age at which a record is given up and kept with its batch, in a stream of so many hours. */
export function recordAge(retentionHours: number): Duration {
  return Duration.hours(Math.min(retentionHours - KEEP_AHEAD_HOURS, MAX_AGE_HOURS));
}

/** Lambda developer guide, "Process Kinesis records": without SubscribeToShard, which is for enhanced fan-out. */
function grantRead(fn: lambda.Function, stream: kinesis.IStream): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      resources: [stream.streamArn],
    }),
  );
  grantKeyUse(fn, stream.encryptionKey, ['kms:Decrypt'], ['kinesis']);
}

/** Lambda developer guide, "Retain discarded batch records": PutObject and ListBucket. */
function grantFailures(fn: lambda.Function, bucket: s3.IBucket): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(FAILURE_OBJECTS)],
    }),
  );
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
  grantKeyUse(fn, bucket.encryptionKey, ['kms:GenerateDataKey'], ['s3']);
}
