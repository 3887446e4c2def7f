/** Puts a domain into the pipeline's network: one subnet for each of its zones, and a group that lets the functions in. */
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { Construct } from 'constructs';
import { closedGroup } from '../network/closed-group.ts';
import type { PipelineNetwork } from '../network/pipeline-network.ts';

export interface DomainPlace {
  readonly securityGroup: ec2.SecurityGroup;
  readonly settings: Pick<opensearch.DomainProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
}

export function domainPlace(scope: Construct, network: PipelineNetwork, zones: number): DomainPlace {
  const { vpc } = network;
  const securityGroup = closedGroup(scope, 'SecurityGroup', vpc, 'Trailgate index: HTTPS from the functions');
  network.letFunctionsCall(securityGroup);
  return {
    securityGroup,
    settings: {
      vpc,
      vpcSubnets: [{ subnets: [...network.subnetsInZones(zones)] }],
      securityGroups: [securityGroup],
    },
  };
}
