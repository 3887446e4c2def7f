/** Where a firewall tells what it refused, without the secrets of those who called. */

import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { allowLogGroups } from '../../keys/allow-log-groups.ts';
import { ORIGIN_SECRET_HEADER } from './origin-secret-rule.ts';

/** AWS WAF writes only to groups whose names begin so. */
const PREFIX = 'aws-waf-logs-';
const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key', ORIGIN_SECRET_HEADER];

export interface FirewallLogProps {
  readonly webAcl: wafv2.CfnWebACL;
  readonly name: string;
  readonly key: kms.IKey;
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  readonly logPassed: boolean;
}

export class FirewallLog extends Construct {
  readonly logGroup: logs.LogGroup;
  readonly logging: wafv2.CfnLoggingConfiguration;

  constructor(scope: Construct, id: string, props: FirewallLogProps) {
    super(scope, id);
    const logGroupName = `${PREFIX}${props.name}`;
    allowLogGroups(props.key, this, logGroupName);
    this.logGroup = new logs.LogGroup(this, 'Group', {
      logGroupName,
      retention: props.retention,
      removalPolicy: props.removalPolicy,
      encryptionKey: props.key,
    });
    const policy = this.logGroup.addToResourcePolicy(deliveryStatement(this.logGroup));
    this.logging = new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: props.webAcl.attrArn,
      logDestinationConfigs: [
        `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroupName}`,
      ],
      redactedFields: SECRET_HEADERS.map((Name) => ({ singleHeader: { Name } })),
      ...(props.logPassed ? {} : { loggingFilter: REFUSED_OR_COUNTED }),
    });
    this.logging.node.addDependency(this.logGroup);
    if (policy.policyDependable !== undefined) this.logging.node.addDependency(policy.policyDependable);
  }
}

const REFUSED_OR_COUNTED = {
  DefaultBehavior: 'DROP',
  Filters: [
    {
      Behavior: 'KEEP',
      Requirement: 'MEETS_ANY',
      Conditions: ['BLOCK', 'COUNT', 'CAPTCHA', 'CHALLENGE', 'EXCLUDED_AS_COUNT'].map((Action) => ({
        ActionCondition: { Action },
      })),
    },
  ],
};

function deliveryStatement(logGroup: logs.LogGroup): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'FirewallLogs',
    principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*` },
    },
  });
}
