/** A VPC without a way out: no gateway to the internet, no NAT, one subnet a zone and one route table for all. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Fn, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Room for 250 addresses a zone, beside the blocks that people like to use. */
const CIDR = '10.90.0.0/22';

/**
 * Zones are the first ones of the Region, asked for at deployment: a synth needs neither an account nor a lookup. A Region whose first
 * zones lack an instance type of the index needs a VPC of your own. The default security group stays as AWS makes it, since
 * CloudFormation cannot empty one without a function; nothing is ever put into it.
 */
export class IsolatedVpc extends Construct {
  public readonly vpc: ec2.IVpc;
  public readonly cfnVpc: ec2.CfnVPC;
  public readonly subnets: readonly ec2.CfnSubnet[];
  public readonly routeTable: ec2.CfnRouteTable;

  constructor(scope: Construct, id: string, zones: number) {
    super(scope, id);
    this.cfnVpc = new ec2.CfnVPC(this, 'Vpc', {
      cidrBlock: CIDR,
      // Without both, the names of services would not lead to their endpoints.
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    this.routeTable = new ec2.CfnRouteTable(this, 'RouteTable', { vpcId: this.cfnVpc.ref });
    const zoneNames = Array.from({ length: zones }, (_, zone) => Fn.select(zone, Fn.getAzs()));
    this.subnets = zoneNames.map((availabilityZone, zone) => {
      const subnet = new ec2.CfnSubnet(this, `Subnet${zone + 1}`, {
        vpcId: this.cfnVpc.ref,
        availabilityZone,
        cidrBlock: `10.90.${zone}.0/24`,
        mapPublicIpOnLaunch: false,
      });
      new ec2.CfnSubnetRouteTableAssociation(this, `Route${zone + 1}`, {
        subnetId: subnet.ref,
        routeTableId: this.routeTable.ref,
      });
      return subnet;
    });
    Tags.of(this).add('Name', this.node.path);
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'Attributes', {
      vpcId: this.cfnVpc.ref,
      vpcCidrBlock: CIDR,
      availabilityZones: zoneNames,
      isolatedSubnetIds: this.subnets.map((subnet) => subnet.ref),
      isolatedSubnetRouteTableIds: this.subnets.map(() => this.routeTable.ref),
    });
  }
}
