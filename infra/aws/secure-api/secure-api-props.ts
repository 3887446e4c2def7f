/** What an owner can say about an API of their own behind the secure baseline. */

import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { AuditOptions } from './audit/audit-trail.ts';
import type { EdgeProps } from './edge/edge-props.ts';
import type { OriginSecretOptions } from './edge/origin-secret.ts';
import type { FirewallRules } from './firewall/firewall-rules.ts';
import type { GatewayDomainProps } from './gateway/gateway-domain.ts';
import type { UsagePlanOptions } from './gateway/usage-plans.ts';
import type { LogPipeline } from './log-pipeline.ts';
import type { SecureRoute, Throttle } from './route.ts';

export interface SecureApiProps {
  /** The pipeline that all logs of the API go to; a `Trailgate`. */
  readonly trail: LogPipeline;
  /** All that exists; a call of anything else is answered with 404 by the gateway itself. */
  readonly routes: readonly SecureRoute[];
  /**
   * Decides over each call of a route that asks for it, as a Lambda authorizer of type REQUEST.
   * @default none; a route that asks for one is an error
   */
  readonly authorizer?: lambda.IFunction;
  /**
   * Names log groups, firewalls and the trail: 3 to 32 of a-z, 0-9 and dashes.
   * @default made of the construct's path
   */
  readonly name?: string;
  /**
   * Encrypts logs, the origin secret and CloudTrail's files. Its policy is added to, where it is of this app.
   * @default a key of its own, rotated each year
   */
  readonly existingKey?: kms.IKey;
  /** @default CloudFront's own name, all locations and countries */
  readonly edge?: EdgeProps;
  /**
   * What the firewalls turn away.
   * @default AWS's managed rules, 2,000 requests an address in 5 minutes, bodies of 10 KB
   */
  readonly firewall?: FirewallRules;
  /**
   * Web ACL of scope CLOUDFRONT to use, as that of an `EdgeFirewall` in a stack of us-east-1. It then has to hold the
   * rules over addresses.
   * @default one of its own where the stack is in us-east-1; elsewhere the regional firewall has all rules
   */
  readonly webAclArn?: string;
  /** @default the first generation */
  readonly originSecret?: OriginSecretOptions;
  /** @default the API has no name but API Gateway's */
  readonly domain?: GatewayDomainProps;
  /** @default 'live' */
  readonly stageName?: string;
  /**
   * Of each route that has none of its own.
   * @default 100 requests a second, 200 at once
   */
  readonly throttle?: Throttle;
  /** @default none */
  readonly usagePlans?: readonly UsagePlanOptions[];
  /**
   * Whether the account lacks the role by which API Gateway writes logs: a setting of the whole account and region.
   * @default true
   */
  readonly gatewayAccount?: boolean;
  /**
   * What CloudTrail records beyond the account's management events; `'existing'` where the account has a trail.
   * @default a trail of its own with management events
   */
  readonly audit?: AuditOptions | 'existing';
  /** One of the numbers of days that CloudWatch Logs takes. @default 365 */
  readonly logRetentionDays?: number;
  /** Of logs, files and the key. @default RETAIN */
  readonly removalPolicy?: RemovalPolicy;
}
