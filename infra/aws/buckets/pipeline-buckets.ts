/** Makes the buckets that a deployment was not given: for quarantine, for batches given up, for the detector's state. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import { bucketOf } from '../declared-interface.ts';
import { accessLogsBucket } from './access-logs-bucket.ts';
import { dataBucket } from './data-bucket.ts';
import { EXPIRE } from './lifecycle.ts';

export interface PipelineBucketsOptions {
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly bucketProps: s3.BucketProps | undefined;
  readonly existing: {
    readonly quarantine: Bucket | undefined;
    readonly failures: Bucket | undefined;
    readonly signalFailures: Bucket | undefined;
    readonly snapshots: Bucket | undefined;
    readonly accessLogs: Bucket | undefined;
  };
}

type Bucket = s3.IBucket | s3.Bucket;

export interface PipelineBuckets {
  readonly quarantine: s3.IBucket;
  readonly failures: s3.IBucket;
  readonly signalFailures: s3.IBucket;
  readonly snapshots: s3.IBucket;
  /** Undefined where no bucket is made whose access would be logged. */
  readonly accessLogs: s3.IBucket | undefined;
}

export function pipelineBuckets(scope: Construct, options: PipelineBucketsOptions): PipelineBuckets {
  const { key, removalPolicy, bucketProps } = options;
  const existing = {
    quarantine: given(options.existing.quarantine),
    failures: given(options.existing.failures),
    signalFailures: given(options.existing.signalFailures),
    snapshots: given(options.existing.snapshots),
    accessLogs: given(options.existing.accessLogs),
  };
  const { accessLogs: _, ...ofData } = existing;
  const made = Object.values(ofData).includes(undefined);
  const accessLogs =
    existing.accessLogs ?? (made ? accessLogsBucket(scope, 'AccessLogsBucket', removalPolicy) : undefined);
  const make = (id: string, data: { readonly versioned: boolean }): s3.IBucket => {
    if (accessLogs === undefined)
      throw new TypeError(`${id}: expected a bucket for its access logs, got none`);
    const lifecycleRules = data.versioned ? [EXPIRE] : [];
    return dataBucket(scope, id, {
      ...data,
      key,
      accessLogs,
      removalPolicy,
      lifecycleRules,
      props: bucketProps,
    });
  };
  return {
    accessLogs,
    quarantine: existing.quarantine ?? make('QuarantineBucket', { versioned: true }),
    failures: existing.failures ?? make('FailuresBucket', { versioned: true }),
    signalFailures: existing.signalFailures ?? make('SignalFailuresBucket', { versioned: true }),
    snapshots: existing.snapshots ?? withoutVersions(make('SnapshotsBucket', { versioned: false })),
  };
}

function given(bucket: Bucket | undefined): s3.IBucket | undefined {
  return bucket && bucketOf(bucket);
}

function withoutVersions(bucket: s3.IBucket): s3.IBucket {
  acceptFinding(bucket, {
    checkov: ['CKV_AWS_21'],
    reason:
      'Each batch replaces its state by a conditional write, about once a second a shard: old versions would cost a thousand times the data and are of no use, because the stream rebuilds the state.',
  });
  return bucket;
}
