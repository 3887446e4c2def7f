import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { PipelineNetwork, type PipelineNetworkProps } from './pipeline-network.ts';

type Json = Readonly<Record<string, unknown>>;
type Chosen = Partial<PipelineNetworkProps>;

function networkStack(choose: (stack: Stack) => Chosen = () => ({}), env = {}): Built {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env });
  const network = new PipelineNetwork(stack, 'Network', {
    name: 'shop-trail',
    key: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    logRetentionDays: 30,
    removalPolicy: RemovalPolicy.DESTROY,
    zones: 3,
    ...choose(stack),
  });
  return { app, stack, network };
}

interface Built {
  readonly app: App;
  readonly stack: Stack;
  readonly network: PipelineNetwork;
}

function existingVpc(stack: Stack, subnetType: ec2.SubnetType, natGateways = 0): ec2.IVpc {
  const subnetConfiguration = [
    { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
    ...(subnetType === ec2.SubnetType.PUBLIC ? [] : [{ name: 'Inner', subnetType }]),
  ];
  const settings = { natGateways, subnetConfiguration, restrictDefaultSecurityGroup: false };
  return new ec2.Vpc(stack, 'Vpc', settings) as ec2.IVpc;
}

const own = networkStack();
const template = Template.fromStack(own.stack);

function allOf(from: Template, type: string): readonly Json[] {
  return Object.values(from.findResources(type)).map(({ Properties }) => Properties as Json);
}

describe('a network of its own', () => {
  test('has no way out, and nothing that brings one', () => {
    for (const type of ['InternetGateway', 'NatGateway', 'EgressOnlyInternetGateway', 'Route', 'EIP']) {
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    template.resourceCountIs('AWS::EC2::Subnet', 3);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    expect(JSON.stringify(template.toJSON())).not.toContain('Custom::');
  });

  test('needs no lookup, whether or not it is bound to an account', () => {
    const bound = networkStack(undefined, { account: '111122223333', region: 'eu-west-1' });
    const manifest = bound.app.synth().manifest;
    expect(manifest.missing).toBeUndefined();
    for (const [zone, { AvailabilityZone }] of allOf(
      Template.fromStack(bound.stack),
      'AWS::EC2::Subnet',
    ).entries()) {
      expect(AvailabilityZone).toEqual({ 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] });
    }
  });

  test('lets each endpoint pass the calls that functions make', () => {
    const ours = { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } };
    const passed = allOf(template, 'AWS::EC2::VPCEndpoint').flatMap(({ ServiceName, PolicyDocument }) => {
      const service = JSON.stringify(ServiceName).match(/\.([a-z0-9-]+)"/)?.[1];
      const { Statement } = PolicyDocument as { readonly Statement: readonly Json[] };
      return Statement.map(({ Action, Resource, Condition }) => [service, Action, Resource, Condition]);
    });
    expect(passed).toHaveLength(6);
    expect(passed).toEqual(
      expect.arrayContaining([
        ['kinesis-streams', ['kinesis:ListShards', 'kinesis:PutRecords'], '*', ours],
        ['monitoring', 'cloudwatch:PutMetricData', '*', ours],
        ['sns', 'sns:Publish', '*', ours],
        ['s3', ['s3:GetObject', 's3:ListBucket', 's3:PutObject'], '*', ours],
        [
          'dynamodb',
          ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
          '*',
          ours,
        ],
      ]),
    );
    // The upload with which a custom resource answers is signed by CloudFormation, not by an account's own caller.
    const answer = passed.find(([, , resource]) => resource !== '*');
    expect(answer?.slice(0, 2)).toEqual(['s3', 's3:PutObject']);
    expect(answer?.[3]).toBeUndefined();
    expect(own.stack.resolve(answer?.[2])).toEqual({
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':s3:::cloudformation-custom-resource-response-',
          { 'Fn::Join': ['', { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] },
          '/*',
        ],
      ],
    });
  });

  test('functions send HTTPS and take nothing; endpoints take HTTPS from functions', () => {
    const groupOf = (part: string): string => {
      const name = Object.keys(template.findResources('AWS::EC2::SecurityGroup')).find((id) =>
        id.includes(part),
      );
      return name ?? part;
    };
    const getAtt = (part: string): object => ({ 'Fn::GetAtt': [groupOf(part), 'GroupId'] });
    const groups = template.findResources('AWS::EC2::SecurityGroup');
    for (const group of Object.values(groups))
      expect(group.Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(groups[groupOf('Functions')]?.Properties).toMatchObject({
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
    });
    expect(allOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([
      expect.objectContaining({
        GroupId: getAtt('Endpoints'),
        SourceSecurityGroupId: getAtt('Functions'),
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
      }),
    ]);
    for (const endpoint of allOf(template, 'AWS::EC2::VPCEndpoint')) {
      if (endpoint.VpcEndpointType === 'Interface') {
        expect(endpoint).toMatchObject({ PrivateDnsEnabled: true, SecurityGroupIds: [getAtt('Endpoints')] });
      }
    }
  });

  test('records all flows in an encrypted log group with an end', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/trailgate/shop-trail/network/flow',
      RetentionInDays: 30,
      KmsKeyId: {},
    });
    const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const statements = allOf(template, 'AWS::IAM::Policy').map(
      ({ PolicyDocument }) => PolicyDocument as Json,
    );
    expect(statements.flatMap(({ Statement }) => Statement)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [group, 'Arn'] },
      },
    ]);
  });

  test('cdk-nag finds nothing that is not accepted', () => {
    for (const pack of [new AwsSolutionsChecks(), new ServerlessChecks()]) {
      expect(pack.validateScope(own.app).violations).toEqual([]);
    }
  });

  test('of a small index has two zones all the same', () => {
    const { network } = networkStack(() => ({ zones: 1 }));
    expect(network.selected.subnetIds).toHaveLength(2);
    expect(network.subnetsInZones(1)).toHaveLength(1);
  });
});

describe('in a VPC that exists', () => {
  test('takes its isolated subnets, or else its private ones, and makes no endpoints', () => {
    for (const type of [ec2.SubnetType.PRIVATE_ISOLATED, ec2.SubnetType.PRIVATE_WITH_EGRESS]) {
      const { stack, network } = networkStack((stack) => ({
        vpc: existingVpc(stack, type, type === ec2.SubnetType.PRIVATE_WITH_EGRESS ? 1 : 0),
      }));
      expect(network.vpcSubnets).toEqual({ subnetType: type });
      Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
      Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 1);
      expect(network.flowLogs).toBeUndefined();
    }
  });

  test('takes the groups that are given and tells them what to let out', () => {
    const { stack, network } = networkStack((stack) => {
      const vpc = existingVpc(stack, ec2.SubnetType.PRIVATE_ISOLATED);
      const group = new ec2.SecurityGroup(stack, 'Mine', { vpc, allowAllOutbound: false });
      return { vpc, securityGroups: [group], endpoints: true };
    });
    expect(network.securityGroups).toHaveLength(1);
    const built = Template.fromStack(stack);
    built.resourceCountIs('AWS::EC2::VPCEndpoint', 5);
    built.resourceCountIs('AWS::EC2::SecurityGroup', 2);
    built.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 443, ToPort: 443 });
  });

  test('that is yet to be looked up does not fail for its made-up zones', () => {
    const lookup = (stack: Stack): Chosen => ({
      vpc: ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: false }),
    });
    const { network } = networkStack(lookup, { account: '111122223333', region: 'eu-west-1' });
    expect(network.subnetsInZones(3).length).toBeGreaterThan(0);
  });

  test.each<[string, (stack: Stack) => Chosen]>([
    ['vpc', (stack) => ({ vpc: existingVpc(stack, ec2.SubnetType.PUBLIC) })],
    ['vpcSubnets', () => ({ vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } })],
    ['securityGroups', () => ({ securityGroups: [] })],
    [
      'securityGroups',
      (stack) => ({ vpc: existingVpc(stack, ec2.SubnetType.PRIVATE_ISOLATED), securityGroups: [] }),
    ],
    ['endpoints', () => ({ endpoints: true })],
  ])('says that %s cannot be', (prop, choose) => {
    expect(() => networkStack(choose)).toThrow(expect.objectContaining({ code: 'TRAILGATE_PROPS', prop }));
  });

  test('says when it has too few zones for the index', () => {
    const { network } = networkStack((stack) => ({
      vpc: existingVpc(stack, ec2.SubnetType.PRIVATE_ISOLATED),
    }));
    expect(() => network.subnetsInZones(3)).toThrow('vpc: expected subnets in 3 zones for the index, got 2');
  });
});
