/** Makes the endpoints through which functions in a VPC reach the services they call, and no other. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { closedGroup } from './closed-group.ts';
import {
  answersToCloudFormation,
  callsOfThisAccount,
  DYNAMODB_CALLS,
  INTERFACE_CALLS,
  type InterfaceService,
  S3_CALLS,
} from './endpoint-policies.ts';

const SERVICES: Readonly<Record<InterfaceService, ec2.InterfaceVpcEndpointAwsService>> = {
  kinesis: ec2.InterfaceVpcEndpointAwsService.KINESIS_STREAMS,
  monitoring: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING,
  sns: ec2.InterfaceVpcEndpointAwsService.SNS,
};

export interface NetworkEndpointsProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: readonly ec2.ISubnet[];
}

/**
 * Kinesis, CloudWatch and SNS are paid for: each zone of each 0.01 USD an hour (us-east-1), 7.30 a month, and 0.01 USD a
 * GB; of three zones 65.70 a month. S3 and DynamoDB cost nothing. Logs and traces of a function go Lambda's own way.
 */
export class NetworkEndpoints extends Construct {
  public readonly kinesis: ec2.InterfaceVpcEndpoint;
  public readonly monitoring: ec2.InterfaceVpcEndpoint;
  public readonly sns: ec2.InterfaceVpcEndpoint;
  public readonly s3: ec2.GatewayVpcEndpoint;
  public readonly dynamodb: ec2.GatewayVpcEndpoint;
  /** Of the three that are paid for. */
  public readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, { vpc, subnets }: NetworkEndpointsProps) {
    super(scope, id);
    this.securityGroup = closedGroup(
      this,
      'SecurityGroup',
      vpc,
      'Trailgate endpoints: HTTPS from the functions',
    );
    const selection = { subnets: [...subnets] };
    const toService = (name: string, service: InterfaceService): ec2.InterfaceVpcEndpoint => {
      const endpoint = new ec2.InterfaceVpcEndpoint(this, name, {
        vpc,
        service: SERVICES[service],
        subnets: selection,
        securityGroups: [this.securityGroup],
        open: false,
        privateDnsEnabled: true,
      });
      endpoint.addToPolicy(callsOfThisAccount(INTERFACE_CALLS[service]));
      return endpoint;
    };
    this.kinesis = toService('Kinesis', 'kinesis');
    this.monitoring = toService('Monitoring', 'monitoring');
    this.sns = toService('Sns', 'sns');
    this.s3 = new ec2.GatewayVpcEndpoint(this, 'S3', {
      vpc,
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: [selection],
    });
    this.s3.addToPolicy(callsOfThisAccount(S3_CALLS));
    this.s3.addToPolicy(answersToCloudFormation());
    this.dynamodb = new ec2.GatewayVpcEndpoint(this, 'DynamoDb', {
      vpc,
      service: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
      subnets: [selection],
    });
    this.dynamodb.addToPolicy(callsOfThisAccount(DYNAMODB_CALLS));
  }
}
