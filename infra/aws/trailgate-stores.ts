/** Makes what keeps and carries data, as far as a deployment was not given it. */
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acceptFinding } from './accepted-finding.ts';
import { type PipelineBuckets, pipelineBuckets } from './buckets/pipeline-buckets.ts';
import { tableOf } from './declared-interface.ts';
import { settingsOf } from './settings-of.ts';
import { pipelineStream } from './streams/pipeline-stream.ts';
import type { LimitsTables } from './tables/grant-tables.ts';
import { makeBucketsTable, makeLimitsTable } from './tables/limits-tables.ts';
import { allowAlarms, pipelineTopic } from './topics/pipeline-topic.ts';
import type { DeploymentPlan } from './trailgate-plan.ts';
import type { TrailgateProps } from './trailgate-props.ts';

export interface Stores {
  readonly logStream: kinesis.IStream;
  readonly signalStream: kinesis.IStream;
  readonly tables: LimitsTables;
  readonly buckets: PipelineBuckets;
  readonly alarmTopic: sns.ITopic;
  readonly findingsTopic: sns.ITopic;
}

export function makeStores(
  scope: Construct,
  plan: DeploymentPlan,
  key: kms.IKey,
  props: TrailgateProps,
): Stores {
  return {
    logStream:
      props.existingLogStream ??
      settingsOf('logStreamProps', props.logStreamProps, () =>
        makeStream(scope, 'LogStream', plan.logs, plan, key, props.logStreamProps),
      ),
    signalStream:
      props.existingSignalStream ??
      settingsOf('signalStreamProps', props.signalStreamProps, () =>
        makeStream(scope, 'SignalStream', plan.signals, plan, key, props.signalStreamProps),
      ),
    tables: { limits: limitsOf(scope, plan, key, props), buckets: bucketsOf(scope, plan, key, props) },
    buckets: settingsOf('bucketProps', props.bucketProps, () =>
      pipelineBuckets(scope, {
        key,
        removalPolicy: plan.removalPolicy,
        bucketProps: props.bucketProps,
        existing: {
          quarantine: props.existingQuarantineBucket,
          failures: props.existingFailuresBucket,
          signalFailures: props.existingSignalFailuresBucket,
          snapshots: props.existingSnapshotsBucket,
          accessLogs: props.existingAccessLogsBucket,
        },
      }),
    ),
    alarmTopic: alarmTopicOf(scope, plan, key, props),
    findingsTopic:
      props.existingFindingsTopic ??
      pipelineTopic(scope, 'FindingsTopic', {
        displayName: `Trailgate findings: ${plan.name}`,
        key,
        props: props.findingsTopicProps,
      }),
  };
}

function makeStream(
  scope: Construct,
  id: string,
  { shards, retentionHours }: DeploymentPlan['logs'],
  { removalPolicy }: DeploymentPlan,
  key: kms.IKey,
  props: kinesis.StreamProps | undefined,
): kinesis.Stream {
  return pipelineStream(scope, id, { shards, retentionHours, key, removalPolicy, props });
}

function limitsOf(
  scope: Construct,
  { removalPolicy, deletionProtection }: DeploymentPlan,
  key: kms.IKey,
  { existingLimitsTable, limitsTableProps: props }: TrailgateProps,
): dynamodb.ITable {
  return tableOf(
    existingLimitsTable ??
      settingsOf('limitsTableProps', props, () =>
        makeLimitsTable(scope, 'LimitsTable', { key, removalPolicy, deletionProtection, props }),
      ),
  );
}

function bucketsOf(
  scope: Construct,
  { removalPolicy, deletionProtection }: DeploymentPlan,
  key: kms.IKey,
  { existingBucketsTable, bucketsTableProps: props }: TrailgateProps,
): dynamodb.ITable {
  return tableOf(
    existingBucketsTable ??
      settingsOf('bucketsTableProps', props, () =>
        makeBucketsTable(scope, 'BucketsTable', { key, removalPolicy, deletionProtection, props }),
      ),
  );
}

function alarmTopicOf(
  scope: Construct,
  { name }: DeploymentPlan,
  key: kms.IKey,
  { existingAlarmTopic, alarmTopicProps: props, notify = [] }: TrailgateProps,
): sns.ITopic {
  const topic =
    existingAlarmTopic ??
    pipelineTopic(scope, 'AlarmTopic', { displayName: `Trailgate alarms: ${name}`, key, props });
  if (existingAlarmTopic === undefined) allowAlarms(topic);
  for (const address of notify) {
    acceptFinding(topic.addSubscription(new EmailSubscription(address)), {
      nag: ['Serverless-SNSRedrivePolicy'],
      reason: 'What a mail would have said stays in CloudWatch as the state and the history of the alarm.',
    });
  }
  return topic;
}
