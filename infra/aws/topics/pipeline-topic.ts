/** Makes a topic that takes messages over TLS only and keeps them encrypted. */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { grantKeyUse } from '../keys/grant-key-use.ts';

export interface PipelineTopicOptions {
  readonly displayName: string;
  readonly key: kms.IKey;
  readonly props: sns.TopicProps | undefined;
}

export function pipelineTopic(
  scope: Construct,
  id: string,
  { displayName, key, props }: PipelineTopicOptions,
): sns.Topic {
  return new sns.Topic(scope, id, { displayName, masterKey: key, enforceSSL: true, ...props });
}

/** A topic with a policy of its own lets nobody in by default, not even alarms of its account. */
export function allowAlarms(topic: sns.ITopic): void {
  const { region, account, partition } = Stack.of(topic);
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'Alarms',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    }),
  );
}

/** Lets a function publish to the topic. */
export function grantPublish(grantee: iam.IGrantable, topic: sns.ITopic): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }),
  );
  grantKeyUse(grantee, topic.masterKey, ['kms:Decrypt', 'kms:GenerateDataKey'], ['sns']);
}
