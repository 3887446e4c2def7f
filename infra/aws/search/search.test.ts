import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import {
  applyIndexSetup,
  connectOpenSearch,
  type SecurityAnalyticsContent,
} from '@trailgate/collectors/setup';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { TrailgatePropsError } from '../props-error.ts';
import { ANALYTICS_CALLS, type DomainCalls, SETUP_CALLS, WRITE_CALLS } from './domain-calls.ts';
import type { IndexChoice } from './resolve-index.ts';
import { type IndexStackOptions, indexStack, pipeline } from './testing/index-stack.ts';
import { allOf, allowed, flat, only, table } from './testing/template-reading.ts';

const fromEndpoint = (stack: Stack): Partial<IndexChoice> => ({
  existingDomain: opensearch.Domain.fromDomainEndpoint(
    stack,
    'Theirs',
    'https://search-theirs-abc.eu-west-1.es.amazonaws.com',
  ),
});

const dev = pipeline();
const small = pipeline({ size: 'small', inNetwork: true });
const existing = pipeline({ choice: fromEndpoint });
const collection = pipeline({ choice: () => ({ collection: true }) });
const hidden = pipeline({ size: 'small', inNetwork: true, choice: () => ({ collection: true }) });

const OURS = 'arn:<AWS::Partition>:es:<AWS::Region>:<AWS::AccountId>:domain/shop-trail';
const THEIRS = 'arn:<AWS::Partition>:es:<AWS::Region>:<AWS::AccountId>:domain/theirs';

describe('what a function may do, and nothing else', () => {
  test.each([
    ['a domain of ours', dev, OURS],
    ['a domain of ours in a network', small, OURS],
    ['a domain that exists', existing, THEIRS],
  ])('at %s', (_, built, arn) => {
    const write = [`es:ESHttpPost ${arn}/_bulk`];
    expect(allowed(built, 'Collector')).toEqual(write);
    expect(allowed(built, 'Detector')).toEqual(write);
    expect(allowed(built, 'Setup')).toEqual(table(arn, SETUP_CALLS));
  });

  test('at a collection: IAM lets call it, the data policy says what for', () => {
    const [name] = Object.keys(collection.template.findResources('AWS::OpenSearchServerless::Collection'));
    for (const id of ['Collector', 'Detector', 'Setup']) {
      expect(allowed(collection, id)).toEqual([`aoss:APIAccessAll <${name}.Arn>`]);
    }
    const { Policy } = only(collection.template, 'AWS::OpenSearchServerless::AccessPolicy');
    const role = (id: string): unknown => expect.stringMatching(new RegExp(`^<${id}ServiceRole\\w+\\.Arn>$`));
    const rule = (ResourceType: string, Resource: string[], Permission: string[]): object => ({
      ResourceType,
      Resource,
      Permission,
    });
    const write = ['aoss:CreateIndex', 'aoss:WriteDocument'];
    const items = ['CreateCollectionItems', 'DescribeCollectionItems', 'UpdateCollectionItems'];
    expect(JSON.parse(flat(Policy))).toEqual([
      {
        Principal: [role('Collector')],
        Rules: [rule('index', ['index/shop-trail/business-*', 'index/shop-trail/trail-*'], write)],
      },
      { Principal: [role('Detector')], Rules: [rule('index', ['index/shop-trail/trail-*'], write)] },
      {
        Principal: [role('Setup')],
        Rules: [
          rule(
            'collection',
            ['collection/shop-trail'],
            items.map((item) => `aoss:${item}`),
          ),
          rule(
            'index',
            ['index/shop-trail/business*', 'index/shop-trail/trail*'],
            ['aoss:DescribeIndex', 'aoss:UpdateIndex'],
          ),
        ],
      },
    ]);
  });

  test('covers what collector and set-up call', async () => {
    const calls: string[] = [];
    const day = 'trail-2026.11.22';
    const answers: Readonly<Record<string, object>> = {
      'GET /_component_template/trailgate-*': { component_templates: [] },
      'GET /_index_template/trailgate-*': { index_templates: [] },
      'GET /trail-*/_mapping': { [day]: { mappings: {} } },
      'GET /_plugins/_ism/explain/trail-*': { [day]: { index: day, policy_id: null } },
      'GET /_plugins/_notifications/configs/trailgate-old': { config_list: [{ config_id: 'trailgate-old' }] },
      'POST /_plugins/_alerting/monitors/_search': {
        hits: { hits: [{ _id: 'x1', _source: { name: 'old' } }] },
      },
      'POST /_plugins/_security_analytics/logtype/_search': {
        hits: { hits: [{ _id: 'x2', _source: { name: 'trailgate' } }] },
      },
      'POST /_dashboards/api/saved_objects/_bulk_get': { saved_objects: [] },
    };
    const server = createServer((request, response) => {
      const call = `${request.method} ${decodeURIComponent(request.url ?? '').split('?')[0]}`;
      calls.push(call);
      const found = request.method !== 'GET' || answers[call] !== undefined;
      request.resume().on('end', () => {
        response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(answers[call] ?? { errors: false, items: [{ create: { status: 201 } }] }),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = connectOpenSearch({ url });
    await applyIndexSetup(client, {
      roleMappings: { collector: ['arn:aws:iam::1:role/c'] },
      monitors: [{ name: 'new' }, { name: 'old' }],
      now: Date.UTC(2026, 10, 23),
      securityAnalytics: ANALYTICS,
      channels: ['trailgate-new', 'trailgate-old'].map((id) => ({
        kind: 'sns',
        id,
        name: id,
        description: id,
        ...CHANNEL,
      })),
      savedObjects: '{"type":"search","id":"a","attributes":{},"references":[]}\n',
    });
    await client.close();
    const setUp = calls.splice(0);
    const writer = createOpenSearchIndex({ url }, { clock: () => 0 });
    const bytes = Buffer.from('{}\n{}\n');
    await writer.bulk({ count: 1, bytes, index: () => day, id: () => 'a', source: () => bytes });
    writer.close();
    server.close();

    expect(setUp).toEqual(
      expect.arrayContaining([
        `PUT /${day}/_mapping`,
        'POST /_aliases',
        `POST /_plugins/_ism/add/${day}`,
        'PUT /_plugins/_security/api/rolesmapping/trailgate_collector',
        'POST /_plugins/_alerting/monitors',
        'PUT /_plugins/_alerting/monitors/x1',
        'POST /_plugins/_notifications/configs',
        'PUT /_plugins/_notifications/configs/trailgate-old',
        'POST /_dashboards/api/saved_objects/_import',
        'PUT /trail-2026.11.23',
        'POST /_plugins/_security_analytics/rules',
        'PUT /_plugins/_security_analytics/logtype/x2',
        'POST /_plugins/_security_analytics/mappings',
        'POST /_plugins/_security_analytics/detectors',
      ]),
    );
    expect(setUp.filter((call) => !covered(call, [...SETUP_CALLS, ...ANALYTICS_CALLS]))).toEqual([]);
    expect(calls.filter((call) => !covered(call, WRITE_CALLS))).toEqual([]);
    expect(calls).toEqual(['POST /_bulk']);
    for (const call of [
      'GET /trail-2026.11.22/_search',
      'DELETE /trail-2026.11.22',
      'PUT /trail-2026.11.22/_doc/1',
      'POST /_bulk',
    ]) {
      expect(covered(call, SETUP_CALLS)).toBe(false);
    }
  });
});

const ANALYTICS: SecurityAnalyticsContent = {
  logType: { name: 'trailgate', description: 'd', source: 'Custom' },
  rules: [{ id: 'r', title: 'R', text: 'id: r' }],
  fieldMappings: { timestamp: '@timestamp' },
  detector: { name: 'Trailgate', enabled: true, inputs: [{ detector_input: {} }] },
};
const CHANNEL = { topicArn: 'arn:aws:sns:eu-west-1:1:alarms', roleArn: 'arn:aws:iam::1:role/alerts' };

function covered(call: string, calls: readonly DomainCalls[]): boolean {
  const [method, path] = call.split(' ') as [string, string];
  return calls.some(
    ({ verb, paths }) =>
      verb.toUpperCase() === method &&
      paths.some((pattern) =>
        new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('?', '.').replaceAll('*', '.*')}$`).test(
          path,
        ),
      ),
  );
}

describe('a domain that exists', () => {
  test('tells whom to map, and is not touched', () => {
    expect(existing.index.url).toBe('https://search-theirs-abc.eu-west-1.es.amazonaws.com');
    existing.template.resourceCountIs('AWS::OpenSearchService::Domain', 0);
    const [output] = Object.values(existing.template.findOutputs('*'));
    expect(flat(output?.Value)).toMatch(/^<SetupServiceRole\w+\.Arn>$/);
    expect(existing.index).toMatchObject({ setupRoleArn: expect.any(String) });
  });

  test.each([
    ['https://vpc-theirs-abc.eu-west-1.es.amazonaws.com', 'theirs'],
    ['https://search-search-theirs-abc.eu-west-1.es.amazonaws.com', 'search-theirs'],
    ['https://theirs-abc.eu-west-1.es.amazonaws.com', 'theirs'],
  ])('imported by %s is %s', (endpoint, name) => {
    const { index } = indexStack({
      choice: (stack) => ({
        existingDomain: opensearch.Domain.fromDomainEndpoint(stack, 'Theirs', endpoint),
      }),
    });
    expect(index.domain?.domainName).toBe(name);
  });

  test('imported with its ARN keeps it', () => {
    const domainArn = 'arn:aws:es:eu-west-1:111122223333:domain/search-theirs';
    const domainEndpoint = 'search-search-theirs-abc.eu-west-1.es.amazonaws.com';
    const { index } = indexStack({
      choice: (stack) => ({
        existingDomain: opensearch.Domain.fromDomainAttributes(stack, 'Theirs', {
          domainArn,
          domainEndpoint,
        }),
      }),
    });
    expect(index.domain?.domainArn).toBe(domainArn);
  });

  test('of the same app lets the functions in at its security group', () => {
    const { template } = pipeline({
      inNetwork: true,
      choice: (stack) => ({
        existingDomain: new opensearch.Domain(stack, 'Theirs', {
          version: opensearch.EngineVersion.OPENSEARCH_3_5,
          vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1, restrictDefaultSecurityGroup: false }) as ec2.IVpc,
        }),
      }),
    });
    const rules = allOf(template, 'AWS::EC2::SecurityGroupIngress');
    expect(rules.map(({ GroupId }) => flat(GroupId))).toContainEqual(
      expect.stringMatching(/^<TheirsSecurityGroup/),
    );
  });
});

describe('a collection', () => {
  test('takes ids of ours and is encrypted with the key', () => {
    collection.template.hasResource('AWS::OpenSearchServerless::Collection', {
      Properties: { Name: 'shop-trail', Type: 'SEARCH', StandbyReplicas: 'DISABLED' },
      DeletionPolicy: 'Retain',
    });
    hidden.template.hasResourceProperties('AWS::OpenSearchServerless::Collection', {
      StandbyReplicas: 'ENABLED',
    });
    const [key] = Object.keys(collection.template.findResources('AWS::KMS::Key'));
    expect(policy(collection.template, 'encryption')).toEqual({
      Rules: [{ ResourceType: 'collection', Resource: ['collection/shop-trail'] }],
      AWSOwnedKey: false,
      KmsARN: `<${key}.Arn>`,
    });
  });

  test('in a network is reached through its endpoint only', () => {
    expect(policy(collection.template, 'network')).toMatchObject([{ AllowFromPublic: true }]);
    const [endpoint] = Object.keys(hidden.template.findResources('AWS::OpenSearchServerless::VpcEndpoint'));
    expect(policy(hidden.template, 'network')).toEqual([
      {
        Rules: ['collection', 'dashboard'].map((ResourceType) => ({
          ResourceType,
          Resource: ['collection/shop-trail'],
        })),
        AllowFromPublic: false,
        SourceVPCEs: [`<${endpoint}>`],
      },
    ]);
  });

  test('that lets nobody in is none', () => {
    const { stack } = indexStack({ choice: () => ({ collection: true }) });
    expect(() => Template.fromStack(stack)).toThrow('The collection lets nobody in');
  });

  function policy(template: Template, type: string): unknown {
    const { Policy } = only(template, 'AWS::OpenSearchServerless::SecurityPolicy', { Type: type });
    return JSON.parse(flat(Policy));
  }
});

describe('what cannot be is said at synth', () => {
  const settings = (domainProps: object): IndexStackOptions => ({ choice: () => ({ domainProps }) });
  test.each<[string, IndexStackOptions]>([
    ['name', { choice: () => ({ name: 'a-name-that-is-much-too-long-x' }) }],
    ['name', { choice: () => ({ name: 'a-name-that-is-much-too-long-x', collection: true }) }],
    ['domainProps.domainName', settings({ domainName: 'Shop' })],
    ['domainProps.enforceHttps', settings({ enforceHttps: false })],
    ['domainProps.nodeToNodeEncryption', settings({ nodeToNodeEncryption: false })],
    ['domainProps.encryptionAtRest.enabled', settings({ encryptionAtRest: { enabled: false } })],
    ['domainProps.useUnsignedBasicAuth', settings({ useUnsignedBasicAuth: true })],
    ['domainProps.tlsSecurityPolicy', settings({ tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_0 })],
    ['domainProps.version', settings({ version: opensearch.EngineVersion.ELASTICSEARCH_7_10 })],
    ['domainProps.version', settings({ version: opensearch.EngineVersion.OPENSEARCH_2_5 })],
    ['domainProps.vpcSubnets', settings({ vpcSubnets: [] })],
    [
      'domainProps.fineGrainedAccessControl.masterUserName',
      settings({ fineGrainedAccessControl: { masterUserName: 'admin' } }),
    ],
    ['domainProps', { choice: (stack) => ({ ...fromEndpoint(stack), domainProps: {} }) }],
    ['collection', { choice: (stack) => ({ ...fromEndpoint(stack), collection: true }) }],
    ['domainProps', { choice: () => ({ domainProps: {}, collection: true }) }],
  ])('%s', (prop, options) => {
    expect(errorOf(() => indexStack(options))).toMatchObject({ code: 'TRAILGATE_PROPS', prop });
  });

  test('the message has what was expected and what came', () => {
    expect(errorOf(() => indexStack(settings({ enforceHttps: false })))?.message).toBe(
      'domainProps.enforceHttps: expected true; bring a domain of your own as existingDomain to do without, got false',
    );
  });

  function errorOf(make: () => unknown): TrailgatePropsError | undefined {
    try {
      make();
    } catch (error) {
      if (error instanceof TrailgatePropsError) return error;
      throw error;
    }
    return undefined;
  }
});

test('cdk-nag finds nothing that is not accepted', () => {
  const findings = [dev, small, existing, collection, hidden].flatMap(({ app }) =>
    [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
      pack
        .validateScope(app)
        .violations.map(
          ({ ruleName, violatingResources }) =>
            `${ruleName} ${violatingResources.map(({ constructPath }) => constructPath).join(' ')}`,
        ),
    ),
  );
  // Of the bare functions of these stacks, which the pipeline's own are not.
  const bare =
    /^(?:Serverless-Lambda|AwsSolutions-IAM4\[Policy::arn:<AWS::Partition>:iam::aws:policy\/service-role\/AWSLambda)/;
  expect(findings.filter((finding) => !bare.test(finding))).toEqual([]);
});
