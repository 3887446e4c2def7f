/** Gives a domain's own logs encrypted log groups with an end, and lets the service write to them. */
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Aws, type RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { allowLogGroups } from '../keys/allow-log-groups.ts';

export const DOMAIN_LOGS = ['application', 'slow-index', 'slow-search', 'audit'] as const;
export type DomainLog = (typeof DOMAIN_LOGS)[number];

export interface DomainLogsProps {
  readonly name: string;
  readonly domainArn: string;
  readonly key: kms.IKey;
  /** Days. */
  readonly retention: number;
  readonly removalPolicy: RemovalPolicy;
}

export interface DomainLogs {
  readonly groups: Readonly<Record<DomainLog, logs.LogGroup>>;
  readonly policy: logs.ResourcePolicy;
}

/** `/trailgate/<name>/search/<log>`, and a policy of CloudFormation's own: the CDK would bring a function to write one. */
export function domainLogs(scope: Construct, props: DomainLogsProps): DomainLogs {
  allowLogGroups(props.key, scope, `/trailgate/${props.name}/*`);
  const group = (log: DomainLog): logs.LogGroup =>
    new logs.LogGroup(scope, `Log-${log}`, {
      logGroupName: `/trailgate/${props.name}/search/${log}`,
      encryptionKey: props.key,
      retention: props.retention,
      removalPolicy: props.removalPolicy,
    });
  const groups = {
    application: group('application'),
    'slow-index': group('slow-index'),
    'slow-search': group('slow-search'),
    audit: group('audit'),
  };
  const policy = new logs.ResourcePolicy(scope, 'LogPolicy', {
    policyStatements: [
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('es.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: DOMAIN_LOGS.map((log) => groups[log].logGroupArn),
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': props.domainArn },
        },
      }),
    ],
  });
  return { groups, policy };
}

/** `suppressLogsResourcePolicy` goes with it, since the policy is there already. */
export function loggingOptions({ groups }: DomainLogs): opensearch.LoggingOptions {
  return {
    appLogEnabled: true,
    appLogGroup: groups.application,
    slowIndexLogEnabled: true,
    slowIndexLogGroup: groups['slow-index'],
    slowSearchLogEnabled: true,
    slowSearchLogGroup: groups['slow-search'],
    auditLogEnabled: true,
    auditLogGroup: groups.audit,
  };
}
