/** Makes a stream of the pipeline: encrypted with the deployment's key, and kept long enough to replay from. */
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';

export interface PipelineStreamOptions {
  readonly shards: number;
  readonly retentionHours: number;
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly props: kinesis.StreamProps | undefined;
}

export function pipelineStream(
  scope: Construct,
  id: string,
  { shards, retentionHours, key, removalPolicy, props = {} }: PipelineStreamOptions,
): kinesis.Stream {
  const onDemand = props.streamMode === kinesis.StreamMode.ON_DEMAND;
  const stream = new kinesis.Stream(scope, id, {
    ...(!onDemand && { streamMode: kinesis.StreamMode.PROVISIONED, shardCount: shards }),
    retentionPeriod: Duration.hours(retentionHours),
    ...(props.encryption === undefined && {
      encryption: kinesis.StreamEncryption.KMS,
      encryptionKey: props.encryptionKey ?? key,
    }),
    removalPolicy,
    ...props,
  });
  acceptFinding(stream, {
    nag: ['AwsSolutions-KDS3'],
    reason: 'A key of the account tells who may read the stream; its requests are bounded by the shards.',
  });
  return stream;
}
