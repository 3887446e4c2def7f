/** Puts rules into a web ACL in the order in which they are to decide. */
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Scope } from './address-sets.ts';
import { type Rule, visibility } from './statements.ts';

/** Bytes of a body that are looked at without extra charge. */
const INCLUDED_BYTES = 16_384;
const KB = 1_024;

export interface WebAclOptions {
  readonly scope: Scope;
  readonly name: string;
  readonly description: string;
  /** In the order of their priority. */
  readonly rules: readonly Rule[];
  readonly maxBodyBytes: number;
}

/** Passes what no rule refuses. */
export function createWebAcl(parent: Construct, id: string, options: WebAclOptions): wafv2.CfnWebACL {
  const { scope, name, description, rules, maxBodyBytes } = options;
  return new wafv2.CfnWebACL(parent, id, {
    scope,
    name,
    description,
    defaultAction: { allow: {} },
    rules: rules.map((rule, priority) => ({ ...rule, priority })),
    visibilityConfig: visibility(name),
    ...(maxBodyBytes > INCLUDED_BYTES ? { associationConfig: inspection(scope, maxBodyBytes) } : {}),
  });
}

function inspection(scope: Scope, maxBodyBytes: number): wafv2.CfnWebACL.AssociationConfigProperty {
  const resource = scope === 'CLOUDFRONT' ? 'CLOUDFRONT' : 'API_GATEWAY';
  const limit = [16, 32, 48, 64].find((kilobytes) => maxBodyBytes <= kilobytes * KB) ?? 64;
  return { requestBody: { [resource]: { defaultSizeInspectionLimit: `KB_${limit}` } } };
}
