/** Where functions and index stand when they stand in a VPC: one that exists, or one of its own without a way out. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import type { FunctionNetwork } from '../functions/pipeline-function.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { settingsOf } from '../settings-of.ts';
import { FlowLogs } from './flow-logs.ts';
import { IsolatedVpc } from './isolated-vpc.ts';
import { NetworkEndpoints } from './network-endpoints.ts';

const CALLS = 'HTTPS from the pipeline';

export interface PipelineNetworkProps {
  /** Of the deployment. */
  readonly name: string;
  /** For the flow logs. */
  readonly key: kms.IKey;
  /** Days that the flow logs are kept. */
  readonly logRetentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  /** Zones of the index, 1 to 3. A VPC of its own has two at least, so that functions survive one. */
  readonly zones: number;
  /** @default one of its own, with endpoints for all that the functions call, and flow logs */
  readonly vpc?: ec2.IVpc | undefined;
  /** Of `vpc`. @default its isolated subnets, or else its private ones */
  readonly vpcSubnets?: ec2.SubnetSelection | undefined;
  /** Of the functions in `vpc`; told to let HTTPS out to the index. @default one of its own */
  readonly securityGroups?: readonly ec2.ISecurityGroup[] | undefined;
  /** Whether endpoints are made in `vpc`, for subnets without a way out. @default false, a VPC has its own */
  readonly endpoints?: boolean | undefined;
}

/**
 * In a VPC of its own, per month (us-east-1): 7.30 USD for each zone of three endpoints, and 0.01 USD a GB through them;
 * of a serverless collection, its endpoint costs as much again.
 */
export class PipelineNetwork extends Construct implements FunctionNetwork {
  public readonly vpc: ec2.IVpc;
  public readonly vpcSubnets: ec2.SubnetSelection;
  /** What the selection comes to. */
  public readonly selected: ec2.SelectedSubnets;
  /** Of the functions. */
  public readonly securityGroups: readonly ec2.ISecurityGroup[];
  /** Where the VPC is of its own. */
  public readonly isolatedVpc: IsolatedVpc | undefined;
  public readonly flowLogs: FlowLogs | undefined;
  /** Where they are made. */
  public readonly endpoints: NetworkEndpoints | undefined;

  /** @throws TrailgatePropsError for subnets or groups without a VPC, and a VPC that has no fitting subnets */
  constructor(scope: Construct, id: string, props: PipelineNetworkProps) {
    super(scope, id);
    for (const prop of ['vpcSubnets', 'securityGroups', 'endpoints'] as const) {
      if (props.vpc === undefined && props[prop] !== undefined) {
        throw new TrailgatePropsError(prop, 'a vpc that it belongs to', 'no vpc');
      }
    }
    if (props.vpc !== undefined) this.vpc = props.vpc;
    else {
      this.isolatedVpc = new IsolatedVpc(this, 'Isolated', Math.max(2, props.zones));
      this.flowLogs = new FlowLogs(this, 'FlowLogs', {
        vpc: this.isolatedVpc.cfnVpc,
        name: props.name,
        key: props.key,
        retention: props.logRetentionDays,
        removalPolicy: props.removalPolicy,
      });
      this.vpc = this.isolatedVpc.vpc;
    }
    this.vpcSubnets = props.vpcSubnets ?? subnetsOf(this.vpc);
    this.selected = settingsOf('vpcSubnets', props.vpcSubnets, () => this.vpc.selectSubnets(this.vpcSubnets));
    this.securityGroups = props.securityGroups ?? [this.#functionGroup()];
    if (this.securityGroups.length === 0) {
      throw new TrailgatePropsError('securityGroups', 'at least one', 'none');
    }
    if (props.endpoints ?? props.vpc === undefined) {
      this.endpoints = new NetworkEndpoints(this, 'Endpoints', {
        vpc: this.vpc,
        subnets: this.selected.subnets,
      });
      this.letFunctionsCall(this.endpoints.securityGroup);
    }
  }

  /** HTTPS from the functions, in at the one and out at the other. */
  public letFunctionsCall(target: ec2.ISecurityGroup): void {
    const ours = Stack.of(target) === Stack.of(this);
    for (const group of this.securityGroups) {
      // Whose rules are said first keeps them in its stack, and the rules of the other side come to it, too.
      if (ours) target.connections.allowFrom(group, ec2.Port.HTTPS, CALLS);
      else group.connections.allowTo(target, ec2.Port.HTTPS, CALLS);
    }
  }

  /** One in each of so many zones, as a domain wants them. @throws TrailgatePropsError where the VPC has fewer */
  public subnetsInZones(zones: number): readonly ec2.ISubnet[] {
    const byZone = new Map<string, ec2.ISubnet>();
    for (const subnet of this.selected.subnets) {
      if (!byZone.has(subnet.availabilityZone)) byZone.set(subnet.availabilityZone, subnet);
    }
    const subnets = [...byZone.values()].slice(0, zones);
    // Of a VPC that is yet to be looked up, the subnets are made up, and in too few zones.
    if (subnets.length < zones && !this.selected.isPendingLookup) {
      throw new TrailgatePropsError('vpc', `subnets in ${zones} zones for the index`, `${subnets.length}`);
    }
    return subnets;
  }

  /**
   * A group cannot name the gateway endpoints of S3 and DynamoDB without a lookup, so HTTPS may go anywhere: in a VPC of
   * its own that is to its endpoints, there is no other way.
   */
  #functionGroup(): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'Functions', {
      vpc: this.vpc,
      description: 'Trailgate functions: HTTPS out, nothing in',
      allowAllOutbound: false,
    });
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'HTTPS to endpoints');
    acceptFinding(group, {
      cfnNag: ['W5'],
      reason:
        'S3 and DynamoDB are reached at their public addresses through gateway endpoints; nothing but HTTPS goes out.',
    });
    return group;
  }
}

function subnetsOf(vpc: ec2.IVpc): ec2.SubnetSelection {
  if (vpc.isolatedSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  throw new TrailgatePropsError('vpc', 'isolated or private subnets', 'public ones only');
}
