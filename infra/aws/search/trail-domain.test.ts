import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { SETUP_CALLS } from './domain-calls.ts';
import { indexStack, pipeline } from './testing/index-stack.ts';
import { allOf, flat, type Json, listed, only, type Statement, table } from './testing/template-reading.ts';

const OURS = 'arn:<AWS::Partition>:es:<AWS::Region>:<AWS::AccountId>:domain/shop-trail';

const dev = pipeline();
const small = pipeline({ size: 'small', inNetwork: true });

describe('a domain of ours', () => {
  const domain = (built: { readonly template: Template }): Json =>
    only(built.template, 'AWS::OpenSearchService::Domain');

  test.each([
    ['dev', dev],
    ['small', small],
  ])('%s is encrypted, signed for and logged', (_, built) => {
    const [key] = Object.keys(built.template.findResources('AWS::KMS::Key'));
    expect(domain(built)).toMatchObject({
      DomainName: 'shop-trail',
      EncryptionAtRestOptions: { Enabled: true, KmsKeyId: { Ref: key } },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      AdvancedSecurityOptions: {
        Enabled: true,
        InternalUserDatabaseEnabled: false,
        MasterUserOptions: {
          MasterUserARN: { 'Fn::GetAtt': [expect.stringMatching(/^SetupServiceRole/), 'Arn'] },
        },
      },
      OffPeakWindowOptions: { Enabled: true },
      SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true },
    });
    const groups = allOf(built.template, 'AWS::Logs::LogGroup', {
      KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
      RetentionInDays: 30,
    });
    const names = groups.map(({ LogGroupName }) => String(LogGroupName));
    expect(names.filter((name) => name.startsWith('/trailgate/shop-trail/search/')).toSorted()).toEqual(
      ['application', 'audit', 'slow-index', 'slow-search'].map(
        (log) => `/trailgate/shop-trail/search/${log}`,
      ),
    );
    expect(Object.keys(domain(built).LogPublishingOptions as Json).toSorted()).toEqual([
      'AUDIT_LOGS',
      'ES_APPLICATION_LOGS',
      'INDEX_SLOW_LOGS',
      'SEARCH_SLOW_LOGS',
    ]);
    built.template.hasResource('AWS::OpenSearchService::Domain', {
      DeletionPolicy: 'Retain',
      UpdatePolicy: { EnableVersionUpgrade: true },
    });
  });

  test('takes calls of the named roles only', () => {
    const { Statement } = domain(dev).AccessPolicies as { readonly Statement: readonly Statement[] };
    const said = Statement.flatMap(({ Action, Resource, Principal }) =>
      listed(Principal?.AWS).flatMap((principal) =>
        listed(Resource).map((resource) => `${flat(principal)} ${Action} ${flat(resource)}`),
      ),
    );
    const roleOf = (id: string): string =>
      `<${Object.keys(dev.template.findResources('AWS::IAM::Role')).find((name) => name.startsWith(id))}.Arn>`;
    expect(said.toSorted()).toEqual(
      [
        `${roleOf('Collector')} es:ESHttpPost ${OURS}/_bulk`,
        `${roleOf('Detector')} es:ESHttpPost ${OURS}/_bulk`,
        ...table(OURS, SETUP_CALLS).map((call) => `${roleOf('Setup')} ${call}`),
      ].toSorted(),
    );
  });

  test('has the nodes of its size, one a subnet in a network that lets only functions in', () => {
    expect(domain(dev)).toMatchObject({
      ClusterConfig: { InstanceCount: 1, DedicatedMasterEnabled: false, ZoneAwarenessEnabled: false },
      EBSOptions: { VolumeType: 'gp3', VolumeSize: 10, Iops: 3_000, Throughput: 125 },
    });
    expect(domain(dev)).not.toHaveProperty('VPCOptions');
    expect(domain(small)).toMatchObject({
      ClusterConfig: {
        InstanceCount: 3,
        DedicatedMasterCount: 3,
        ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
      },
    });
    const { SubnetIds, SecurityGroupIds } = domain(small).VPCOptions as Readonly<Record<string, unknown[]>>;
    expect(SubnetIds).toHaveLength(3);
    const rule = only(small.template, 'AWS::EC2::SecurityGroupIngress', { GroupId: SecurityGroupIds?.[0] });
    expect(rule).toMatchObject({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
    expect(flat(rule.SourceSecurityGroupId)).toMatch(/^<NetworkFunctions/);
  });

  test.each([
    ['the count of its size where zones are only switched on', 'small', { enabled: true }, 3],
    ['a count given without more', 'dev', { availabilityZoneCount: 2, enabled: true }, 2],
    ['a count given without more, over a size of three', 'small', { availabilityZoneCount: 2 }, 2],
    ['one zone', 'small', { enabled: false }, 1],
  ] as const)('stands in as many subnets as it has zones: %s', (_, size, zoneAwareness, zones) => {
    const built = pipeline({
      size,
      inNetwork: true,
      choice: () => ({ domainProps: { zoneAwareness, capacity: { dataNodes: 6 } } }),
    });
    const { SubnetIds } = domain(built).VPCOptions as Readonly<Record<string, unknown[]>>;
    expect(SubnetIds).toHaveLength(zones);
  });

  test('brings no function of its own', () => {
    for (const { template } of [dev, small]) {
      template.resourceCountIs('AWS::Lambda::Function', 3);
      expect(JSON.stringify(template.toJSON())).not.toContain('Custom::');
    }
  });

  test('takes settings over its own, a group by its members, and nothing that is undefined', () => {
    const reader = 'arn:aws:iam::111122223333:role/people';
    const undefinedToo = { enforceHttps: undefined, encryptionAtRest: { enabled: undefined } } as object;
    const { template } = pipeline({
      choice: (stack) => ({
        createServiceLinkedRole: true,
        domainProps: {
          ...undefinedToo,
          domainName: 'another',
          capacity: { dataNodes: 2, dataNodeInstanceType: 'm7g.medium.search' },
          fineGrainedAccessControl: { masterUserArn: reader },
          accessPolicies: [
            new iam.PolicyStatement({
              actions: ['es:ESHttpGet'],
              resources: ['arn:aws:es:eu-west-1:111122223333:domain/another/_dashboards/*'],
              principals: [iam.Role.fromRoleArn(stack, 'People', reader)],
            }),
          ],
        },
      }),
    });
    const settings = domain({ template });
    expect(settings).toMatchObject({
      DomainName: 'another',
      ClusterConfig: {
        InstanceCount: 2,
        InstanceType: 'm7g.medium.search',
        DedicatedMasterEnabled: false,
        MultiAZWithStandbyEnabled: false,
      },
      DomainEndpointOptions: { EnforceHTTPS: true },
      EncryptionAtRestOptions: { Enabled: true },
      AdvancedSecurityOptions: { MasterUserOptions: { MasterUserARN: reader } },
    });
    expect(JSON.stringify(settings.AccessPolicies)).toContain('domain/another/_dashboards/*');
    template.hasResource('AWS::IAM::ServiceLinkedRole', {
      Properties: { AWSServiceName: 'opensearchservice.amazonaws.com' },
    });
  });

  test('without a master it is no domain', () => {
    const { stack } = indexStack();
    expect(() => Template.fromStack(stack)).toThrow('The domain has no master');
  });
});
