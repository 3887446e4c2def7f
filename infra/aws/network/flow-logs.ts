/** Records who talks to whom in a VPC of ours, in an encrypted log group with an end. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Aws, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allowLogGroups } from '../keys/allow-log-groups.ts';

export interface FlowLogsProps {
  readonly vpc: ec2.CfnVPC;
  /** Of the deployment. */
  readonly name: string;
  readonly key: kms.IKey;
  /** Days. */
  readonly retention: number;
  readonly removalPolicy: RemovalPolicy;
}

export class FlowLogs extends Construct {
  /** `/trailgate/<name>/network/flow` */
  public readonly logGroup: logs.LogGroup;
  public readonly role: iam.Role;
  public readonly flowLog: ec2.CfnFlowLog;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    allowLogGroups(props.key, this, `/trailgate/${props.name}/*`);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName: `/trailgate/${props.name}/network/flow`,
      encryptionKey: props.key,
      retention: props.retention,
      removalPolicy: props.removalPolicy,
    });
    this.role = new iam.Role(this, 'Role', {
      description: 'Flow logs of the Trailgate network',
      // Only flow logs of this account and Region: the service acts for everyone.
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'ec2',
              resource: 'vpc-flow-log',
              resourceName: '*',
            }),
          },
        },
      }),
    });
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    this.flowLog = new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceId: props.vpc.ref,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: this.logGroup.logGroupName,
      deliverLogsPermissionArn: this.role.roleArn,
    });
  }
}
