/** Makes a security group that lets nothing in or out until it is told to. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';

export function closedGroup(
  scope: Construct,
  id: string,
  vpc: ec2.IVpc,
  description: string,
): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, id, { vpc, description, allowAllOutbound: false });
  acceptFinding(group, {
    cfnNag: ['W29'],
    reason: 'Without a rule a group would let everything out: this one is to an address that does not exist.',
  });
  return group;
}
