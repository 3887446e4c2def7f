/** The firewall on the API's stage: lets nobody past CloudFront, and looks at what comes through it. */

import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { addressRules } from './address-rules.ts';
import { addressSets } from './address-sets.ts';
import { contentRules } from './content-rules.ts';
import { FirewallLog } from './firewall-log.ts';
import type { CheckedFirewallRules } from './firewall-rules.ts';
import { originSecretRule } from './origin-secret-rule.ts';
import { createWebAcl } from './web-acl.ts';

export interface RegionalFirewallProps {
  readonly name: string;
  readonly rules: CheckedFirewallRules;
  /** The secret that the distribution sends, and while it is rotated the one before it. */
  readonly acceptedSecrets: readonly string[];
  /**
   * Header with the client's address, which the distribution writes, for the rules over addresses; undefined where
   * a firewall at the edge has these rules.
   */
  readonly addressHeader: string | undefined;
  readonly key: kms.IKey;
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export class RegionalFirewall extends Construct {
  readonly webAcl: wafv2.CfnWebACL;
  readonly allowSets: readonly wafv2.CfnIPSet[];
  readonly denySets: readonly wafv2.CfnIPSet[];
  readonly log: FirewallLog;

  constructor(scope: Construct, id: string, props: RegionalFirewallProps) {
    super(scope, id);
    const { rules, addressHeader } = props;
    const listing = addressHeader !== undefined;
    this.allowSets = addressSets(this, 'Allow', 'REGIONAL', listing ? rules.allowAddresses : []);
    this.denySets = addressSets(this, 'Deny', 'REGIONAL', listing ? rules.denyAddresses : []);
    const lists = {
      allow: this.allowSets.map(({ attrArn }) => attrArn),
      deny: this.denySets.map(({ attrArn }) => attrArn),
    };
    this.webAcl = createWebAcl(this, 'WebAcl', {
      scope: 'REGIONAL',
      name: props.name,
      description: 'Refuses what did not come through CloudFront, and by content.',
      rules: [
        originSecretRule(props.acceptedSecrets),
        ...(listing ? addressRules(rules, lists, addressHeader) : []),
        ...contentRules(rules),
      ],
      maxBodyBytes: rules.maxBodyBytes,
    });
    this.log = new FirewallLog(this, 'Log', {
      webAcl: this.webAcl,
      name: props.name,
      key: props.key,
      retention: props.retention,
      removalPolicy: props.removalPolicy,
      logPassed: rules.logPassed,
    });
  }

  /** Puts the firewall before a stage of a REST API. */
  protect(stageArn: string): wafv2.CfnWebACLAssociation {
    return new wafv2.CfnWebACLAssociation(this, 'Association', {
      resourceArn: stageArn,
      webAclArn: this.webAcl.attrArn,
    });
  }
}
