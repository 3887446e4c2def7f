/** Says next to a resource which finding of a security scanner is accepted on it, and why; in the template too, for scanners that read it there. */
import { CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export interface AcceptedFinding {
  /** Has to hold for this very resource. */
  readonly reason: string;
  /** Ids of cdk-nag: `AwsSolutions-IAM5[Resource::*]`. */
  readonly nag?: readonly string[];
  /** Ids of checkov: `CKV_AWS_116`. */
  readonly checkov?: readonly string[];
  /** Ids of cfn_nag: `W89`. */
  readonly cfnNag?: readonly string[];
  /** Ids of cfn-lint: `W3005`. */
  readonly cfnLint?: readonly string[];
}

interface SkippedCheck {
  readonly id: string;
  readonly comment: string;
}

interface SuppressedRule {
  readonly id: string;
  readonly reason: string;
}

/** Of a construct with several resources only the main one carries the ids of checkov and cfn_nag. */
export function acceptFinding(construct: IConstruct, finding: AcceptedFinding): void {
  const { reason, nag = [], checkov = [], cfnNag = [], cfnLint = [] } = finding;
  for (const id of nag) Validations.of(construct).acknowledge({ id, reason });
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!(resource instanceof CfnResource)) return;
  if (checkov.length > 0) {
    const { skip = [] } = (resource.getMetadata('checkov') ?? {}) as {
      readonly skip?: readonly SkippedCheck[];
    };
    resource.addMetadata('checkov', { skip: [...skip, ...checkov.map((id) => ({ id, comment: reason }))] });
  }
  if (cfnNag.length > 0) {
    const known = (resource.getMetadata('cfn_nag') ?? {}) as {
      readonly rules_to_suppress?: readonly SuppressedRule[];
    };
    resource.addMetadata('cfn_nag', {
      rules_to_suppress: [...(known.rules_to_suppress ?? []), ...cfnNag.map((id) => ({ id, reason }))],
    });
  }
  if (cfnLint.length > 0) resource.addMetadata('cfn-lint', { config: { ignore_checks: [...cfnLint] } });
}
