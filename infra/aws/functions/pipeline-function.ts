/** Makes a Lambda function of ours: bundled code, a role and a log group of its own, everything encrypted and traced. */
import { type Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import { functionCode } from '../assets/function-code.ts';
import type { FunctionName } from '../assets/function-name.ts';
import { allowLogGroups } from '../keys/allow-log-groups.ts';
import { logRetention } from './log-retention.ts';
import { allowNetworkInterfaces } from './network-interfaces.ts';

/** Where in a VPC a function stands. */
export interface FunctionNetwork {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups: readonly ec2.ISecurityGroup[];
}

export interface PipelineFunctionProps {
  /** Which of the bundles. */
  readonly name: FunctionName;
  readonly description: string;
  /** MB. */
  readonly memory: number;
  readonly timeout: Duration;
  /** Instances kept for it and never exceeded. @default none are kept, the account's quota bounds it */
  readonly reservedConcurrency?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Encrypts the environment and the log group. */
  readonly key: kms.IKey;
  /**
   * One outside the deployment's prefix `/trailgate/<name>/` is let use the key here.
   * @default `/aws/lambda/` and a name made of the construct's path
   */
  readonly logGroupName?: string;
  /** One of the numbers that CloudWatch Logs takes. */
  readonly logRetentionDays: number;
  /** @default not in a VPC */
  readonly network?: FunctionNetwork | undefined;
  /** Why no dead-letter queue is needed, for scanners that ask. @default it is never invoked asynchronously */
  readonly noDeadLetters?: string;
  /** Why no concurrency is reserved, where none is. @default switched off for the deployment */
  readonly noReservedConcurrency?: string;
}

const NEVER_ASYNCHRONOUS =
  'Nothing invokes the function asynchronously, and a dead-letter queue takes nothing else: what its caller cannot deliver is kept by the caller.';
const NOT_RESERVED =
  'Reserving concurrency is switched off for the deployment, because the quota of the account has to leave 100 unreserved.';

export class PipelineFunction extends Construct {
  readonly fn: lambda.Function;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;
  readonly timeout: Duration;
  /** MB. */
  readonly memory: number;
  readonly reservedConcurrency?: number;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const { key, network } = props;
    this.timeout = props.timeout;
    this.memory = props.memory;
    if (props.reservedConcurrency !== undefined) this.reservedConcurrency = props.reservedConcurrency;
    const logGroupName =
      props.logGroupName ?? `/aws/lambda/${Names.uniqueResourceName(this, { maxLength: 64 })}`;
    allowLogGroups(key, this, logGroupName);
    this.logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName,
      encryptionKey: key,
      retention: logRetention('logRetentionDays', props.logRetentionDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `Of the function ${props.name} of Trailgate`,
    });
    this.role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    if (network !== undefined) allowNetworkInterfaces(this.role);
    this.fn = new lambda.Function(this, 'Function', {
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: functionCode(props.name),
      handler: 'index.handler',
      memorySize: props.memory,
      timeout: props.timeout,
      environment: { ...props.environment },
      environmentEncryption: key,
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      tracing: lambda.Tracing.ACTIVE,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      ...(network !== undefined && {
        vpc: network.vpc,
        ...(network.vpcSubnets !== undefined && { vpcSubnets: network.vpcSubnets }),
        securityGroups: [...network.securityGroups],
      }),
    });
    this.#accept(props);
  }

  #accept(props: PipelineFunctionProps): void {
    acceptFinding(this.role, {
      nag: ['AwsSolutions-IAM5[Resource::*]'],
      reason:
        props.network === undefined
          ? 'X-Ray takes no resource for writing segments.'
          : 'X-Ray takes no resource for writing segments, nor EC2 for the network interfaces that Lambda makes in a VPC; code of the function is denied the latter.',
    });
    const policy = this.role.node.tryFindChild('DefaultPolicy');
    if (policy !== undefined) {
      acceptFinding(policy, {
        checkov: ['CKV_AWS_111'],
        cfnNag: ['W12'],
        reason:
          'Only X-Ray, PutMetricData under its namespace and network interfaces are without a resource.',
      });
    }
    acceptFinding(this.fn, {
      nag: ['Serverless-LambdaDLQ'],
      checkov: ['CKV_AWS_116'],
      reason: props.noDeadLetters ?? NEVER_ASYNCHRONOUS,
    });
    acceptFinding(this.fn, {
      cfnLint: ['W3005'],
      reason: 'CDK has a function wait for its role as well as for the policy of the role.',
    });
    if (props.network === undefined) {
      acceptFinding(this.fn, {
        checkov: ['CKV_AWS_117'],
        cfnNag: ['W89'],
        reason:
          'It calls public endpoints of AWS only, over TLS and signed; a VPC is a choice of the deployment.',
      });
    }
    if (props.reservedConcurrency === undefined) {
      acceptFinding(this.fn, {
        checkov: ['CKV_AWS_115'],
        cfnNag: ['W92'],
        reason: props.noReservedConcurrency ?? NOT_RESERVED,
      });
    }
  }
}
