/** The firewall in front of CloudFront: refuses before a request costs anything behind it, and sees each client's own address. */

import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { TrailgatePropsError } from '../../props-error.ts';
import { createEncryptionKey } from '../encryption-key.ts';
import { addressRules } from './address-rules.ts';
import { addressSets } from './address-sets.ts';
import { contentRules } from './content-rules.ts';
import { FirewallLog } from './firewall-log.ts';
import type { FirewallRules } from './firewall-rules.ts';
import { checkRules } from './rules-check.ts';
import { createWebAcl } from './web-acl.ts';

/** The one region that web ACLs of CloudFront and their logs live in. */
export const EDGE_REGION = 'us-east-1';

export interface EdgeFirewallProps {
  /** Part of the names of the ACL and its log group (`aws-waf-logs-<name>`). */
  readonly name: string;
  /** @default the defaults of each rule */
  readonly rules?: FirewallRules;
  /**
   * Key in us-east-1 that encrypts the log. The policy of one that is imported has to let CloudWatch Logs use it.
   * @default a key of its own, rotated each year
   */
  readonly existingKey?: kms.IKey;
  /** @default one year */
  readonly logRetention?: logs.RetentionDays;
  /** @default RETAIN */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Has to stand in a stack of us-east-1. Give its `webAclArn` to a `SecureApi` in any region, and its `logGroup` to the
 * pipeline: by `trail.watch` in the same region, through a `RegionalDestination` from another.
 */
export class EdgeFirewall extends Construct {
  readonly webAcl: wafv2.CfnWebACL;
  readonly webAclArn: string;
  readonly key: kms.IKey;
  readonly allowSets: readonly wafv2.CfnIPSet[];
  readonly denySets: readonly wafv2.CfnIPSet[];
  readonly log: FirewallLog;
  readonly logGroup: logs.LogGroup;

  /** Throws `TrailgatePropsError`. */
  constructor(scope: Construct, id: string, props: EdgeFirewallProps) {
    super(scope, id);
    if (!standsAtTheEdge(this)) {
      const { region } = Stack.of(this);
      const got = Token.isUnresolved(region) ? 'a stack without a region' : region;
      throw new TrailgatePropsError('EdgeFirewall.scope', `a stack with env.region ${EDGE_REGION}`, got);
    }
    const rules = checkRules(props.rules, 'rules');
    this.allowSets = addressSets(this, 'Allow', 'CLOUDFRONT', rules.allowAddresses);
    this.denySets = addressSets(this, 'Deny', 'CLOUDFRONT', rules.denyAddresses);
    const lists = {
      allow: this.allowSets.map(({ attrArn }) => attrArn),
      deny: this.denySets.map(({ attrArn }) => attrArn),
    };
    this.webAcl = createWebAcl(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      name: props.name,
      description: 'Refuses at the edge by address, rate and content.',
      rules: [...addressRules(rules, lists, undefined), ...contentRules(rules)],
      maxBodyBytes: rules.maxBodyBytes,
    });
    this.webAclArn = this.webAcl.attrArn;
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.key = props.existingKey ?? createEncryptionKey(this, 'Key', props.name, removalPolicy);
    this.log = new FirewallLog(this, 'Log', {
      webAcl: this.webAcl,
      name: props.name,
      key: this.key,
      retention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy,
      logPassed: rules.logPassed,
    });
    this.logGroup = this.log.logGroup;
  }
}

/** Whether what is made here lives in the region of CloudFront's own. */
export function standsAtTheEdge(construct: Construct): boolean {
  return Stack.of(construct).region === EDGE_REGION;
}
