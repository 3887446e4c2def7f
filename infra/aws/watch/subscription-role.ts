/** The roles that CloudWatch Logs takes on to send lines: into a stream of ours, or out of an account of an organisation. */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import { wildcardFinding } from '../functions/wildcard-finding.ts';

/** Who may have CloudWatch Logs write in their name. */
export interface Senders {
  /** Account ids, the own one among them: CloudWatch Logs tries a new destination in its name. */
  readonly accounts: readonly string[];
  readonly organizationId?: string;
}

/** May put records into one stream, for the own account's log groups or those of other senders. */
export function streamRole(
  scope: Construct,
  stream: kinesis.IStream,
  key: kms.IKey | undefined,
  senders: Senders = { accounts: [Stack.of(scope).account] },
): iam.Role {
  const role = new iam.Role(scope, 'Role', {
    assumedBy: logsOf(scope, senders.accounts),
    description: 'CloudWatch Logs puts the lines of watched log groups into the log stream.',
  });
  if (senders.organizationId !== undefined) {
    role.assumeRolePolicy?.addStatements(organizationMay(scope, senders.organizationId));
  }
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['kinesis:PutRecord'], resources: [stream.streamArn] }),
  );
  if (key !== undefined) {
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:GenerateDataKey'],
        resources: [key.keyArn],
        // Kinesis names the stream in each call for a data key: no other use of the key passes.
        conditions: { StringEquals: { 'kms:EncryptionContext:aws:kinesis:arn': stream.streamArn } },
      }),
    );
  }
  return role;
}

/** What a sender shows a destination that admits its organisation. */
export function senderRole(scope: Construct): iam.Role {
  const stack = Stack.of(scope);
  const role = new iam.Role(scope, 'Role', {
    assumedBy: logsOf(scope, [stack.account]),
    description:
      'CloudWatch Logs sends the lines of watched log groups to the log archive of the organisation.',
  });
  const groups = `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*`;
  role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [groups] }));
  acceptFinding(role, {
    nag: [wildcardFinding(role, groups)],
    reason:
      'CloudWatch Logs checks this role for each log group that is watched, in any stack of this account and region, those of functions to come among them. Only logs.amazonaws.com can take the role on, and only for this account.',
  });
  return role;
}

/** What gives a role its rights: what CloudWatch Logs is to try with it comes after. */
export function permissionsOf(role: iam.IRole | undefined): readonly IConstruct[] {
  return role?.node.findAll().filter((one) => one instanceof iam.CfnPolicy) ?? [];
}

/** Keeps another account's CloudWatch Logs from being pointed at what is ours. */
function logsOf(scope: Construct, accounts: readonly string[]): iam.IPrincipal {
  const { partition, region } = Stack.of(scope);
  return new iam.ServicePrincipal('logs.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': accounts },
      StringLike: {
        'aws:SourceArn': accounts.map((account) => `arn:${partition}:logs:${region}:${account}:*`),
      },
    },
  });
}

function organizationMay(scope: Construct, organizationId: string): iam.PolicyStatement {
  const { partition, region } = Stack.of(scope);
  return new iam.PolicyStatement({
    actions: ['sts:AssumeRole'],
    principals: [new iam.ServicePrincipal('logs.amazonaws.com')],
    conditions: {
      StringEquals: { 'aws:SourceOrgID': organizationId },
      StringLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:*:*` },
    },
  });
}
