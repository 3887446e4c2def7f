/** Makes the key that encrypts a deployment, and says which services may use it and for what. */
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { settingsOf } from '../settings-of.ts';
import { allowLogGroups } from './allow-log-groups.ts';

export interface PipelineKeyOptions {
  readonly name: string;
  readonly props: kms.KeyProps | undefined;
  readonly removalPolicy: RemovalPolicy;
}

export function pipelineKey(scope: Construct, id: string, options: PipelineKeyOptions): kms.Key {
  const make = (): kms.Key =>
    new kms.Key(scope, id, {
      description: `Encrypts what Trailgate "${options.name}" keeps and sends`,
      alias: `alias/trailgate/${options.name}`,
      enableKeyRotation: true,
      removalPolicy: options.removalPolicy,
      ...options.props,
    });
  return settingsOf('keyProps', options.props, make);
}

/** The least that the deployment's log groups and alarms need of its key; a key imported by its ARN has to say the same. */
export function allowPipelineUse(key: kms.IKey, scope: Construct, logGroupPrefix: string): void {
  const { region, account, partition } = Stack.of(scope);
  allowLogGroups(key, scope, `${logGroupPrefix}*`);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    }),
    true,
  );
}
