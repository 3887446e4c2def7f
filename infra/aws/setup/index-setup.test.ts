import { App, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as sns from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveIndex } from '../search/resolve-index.ts';
import { SIZES } from '../sizes/presets.ts';
import { IndexSetup, type IndexSetupProps } from './index-setup.ts';
import { readProperties } from './setup-properties.ts';

interface Deployment {
  readonly template: Template;
  readonly setup: IndexSetup;
}

function deploy(kind: 'domain' | 'collection', change: Partial<IndexSetupProps> = {}): Deployment {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-west-1' } });
  const key = new kms.Key(stack, 'Key');
  const index = resolveIndex(stack, {
    name: 'shop',
    size: SIZES.dev,
    key,
    logRetentionDays: 30,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(kind === 'collection'
      ? { collection: true }
      : {
          existingDomain: opensearch.Domain.fromDomainAttributes(stack, 'Domain', {
            domainArn: 'arn:aws:es:eu-west-1:111122223333:domain/logs',
            domainEndpoint: 'logs.example.com',
          }),
        }),
  });
  const setup = new IndexSetup(stack, 'Setup', {
    name: 'shop',
    index,
    key,
    logGroupPrefix: '/trailgate/shop/',
    logRetentionDays: 30,
    network: undefined,
    channelTopic: new sns.Topic(stack, 'Topic', { masterKey: key }),
    roleMappings: { collector: ['arn:aws:iam::111122223333:role/collector'] },
    ...change,
  });
  return { template: Template.fromStack(stack), setup };
}

function resource({ template }: Deployment): { Properties: Record<string, unknown>; DependsOn?: string[] } {
  const [only] = Object.values(template.findResources('Custom::TrailgateIndexSetup'));
  return only as never;
}

let domain: Deployment;
let collection: Deployment;

beforeAll(() => {
  domain = deploy('domain');
  collection = deploy('collection');
}, 60_000);

describe('the custom resource', () => {
  test('calls our own function, waits for its answer, and says all that the function reads', () => {
    const { Properties: properties } = resource(domain);
    expect(properties.ServiceToken).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^SetupFunction/), 'Arn'],
    });
    expect(properties.ServiceTimeout).toBe('3000');
    domain.template.resourceCountIs('AWS::Lambda::Function', 1);
    domain.template.hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 900,
      Environment: {
        Variables: { INDEX_SERVICE: 'es', DASHBOARDS_URL: 'https://logs.example.com/_dashboards' },
      },
    });
  });

  test('carries options that the function can read, with what is known only when it is deployed', () => {
    const { Options: options, ...others } = resource(domain).Properties;
    const text = joined(options);
    expect(readProperties({ ...others, Options: text })).toMatchObject({
      name: 'shop',
      options: {
        engine: 'cluster',
        missingPlugins: 'fail',
        roleMappings: { collector: ['arn:aws:iam::111122223333:role/collector'] },
        channels: [{ kind: 'sns', topicArn: expect.any(String), roleArn: expect.any(String) }],
        securityAnalytics: false,
      },
    });
  });

  test('changes with a revision, and with nothing else that is the same', () => {
    const again = resource(deploy('domain')).Properties;
    expect(again.Content).toBe(resource(domain).Properties.Content);
    const forced = resource(deploy('domain', { revision: '2' })).Properties;
    expect(forced.Content).toBe(`${again.Content} 2`);
  });

  test('comes after the index and who may reach it', () => {
    const { DependsOn: before = [] } = resource(collection);
    expect(before.some((id) => id.includes('AccessPolicy'))).toBe(true);
    expect(before.some((id) => id.includes('Collection'))).toBe(true);
  });
});

describe('the role of the alerts', () => {
  test('is for this domain only, and may publish to this topic only', () => {
    domain.template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Principal: { Service: 'es.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': 'arn:aws:es:eu-west-1:111122223333:domain/logs' },
            },
          }),
        ],
      }),
    });
    const [policy] = Object.entries(domain.template.findResources('AWS::IAM::Policy')).flatMap(
      ([id, found]) => (id.startsWith('SetupAlertRole') ? [found] : []),
    );
    const statements = policy?.Properties.PolicyDocument.Statement as { Action: string | string[] }[];
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'sns:Publish',
    ]);
  });

  test('is handed over by the function, which may hand over no other', () => {
    domain.template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          {
            Action: 'iam:PassRole',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SetupAlertRole'), 'Arn'] },
          },
        ]),
      }),
    });
  });

  test('is not made for a collection, which has no alerts, nor without a topic', () => {
    expect(collection.setup.alertRole).toBeUndefined();
    expect(JSON.stringify(collection.template.toJSON())).not.toContain('iam:PassRole');
    expect(JSON.parse(joined(resource(collection).Properties.Options))).toMatchObject({
      engine: 'serverless',
      missingPlugins: 'skip',
    });
    expect(deploy('domain', { channelTopic: undefined }).setup.alertRole).toBeUndefined();
  });
});

describe('other channels', () => {
  const hook = { name: 'chat', url: SecretValue.secretsManager('chat-hook') };
  const channels = {
    webhooks: [{ ...hook, headers: { authorization: SecretValue.secretsManager('chat-token') } }],
    email: { from: 'alerts@example.com', to: ['team@example.com'] },
    securityAnalytics: true,
  };
  let all: Deployment;
  beforeAll(() => {
    all = deploy('domain', channels);
  });

  test('are in the options, a webhook by the name of its secret', () => {
    const { Options: options, ...others } = resource(all).Properties;
    const read = readProperties({ ...others, Options: joined(options) });
    expect(read.options).toMatchObject({
      securityAnalytics: true,
      channels: [
        { kind: 'sns' },
        {
          ...{ kind: 'webhook', name: 'chat', url: '{{resolve:secretsmanager:chat-hook:SecretString:::}}' },
          headers: { authorization: '{{resolve:secretsmanager:chat-token:SecretString:::}}' },
        },
        { kind: 'email', from: 'alerts@example.com', to: ['team@example.com'], region: 'eu-west-1' },
      ],
    });
  });

  test('have a role that mails from one address, which the function hands over beside the other', () => {
    all.template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: [
          {
            Action: ['ses:SendEmail', 'ses:SendRawEmail'],
            Effect: 'Allow',
            Condition: { StringEquals: { 'ses:FromAddress': 'alerts@example.com' } },
            Resource: ['alerts@example.com', 'example.com'].map((name) =>
              Match.objectLike({
                'Fn::Join': ['', Match.arrayWith([`:ses:eu-west-1:111122223333:identity/${name}`])],
              }),
            ),
          },
        ],
      }),
    });
    all.template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'iam:PassRole',
            Resource: ['SetupAlertRole', 'SetupMailRole'].map((role) => ({
              'Fn::GetAtt': [Match.stringLikeRegexp(`^${role}`), 'Arn'],
            })),
          }),
        ]),
      }),
    });
  });

  test('let the function call Security Analytics where it is wanted, and only there', () => {
    const called = (one: Deployment): boolean =>
      JSON.stringify(one.template.findResources('AWS::IAM::Policy')).includes('_security_analytics/rules');
    expect([called(all), called(domain)]).toEqual([true, false]);
  });

  test('are none for a collection', () => {
    const { setup } = deploy('collection', channels);
    expect(setup.mailRole).toBeUndefined();
  });

  test.each<[Partial<IndexSetupProps>, RegExp]>([
    [{ webhooks: [{ ...hook, name: 'A b' }] }, /^webhooks\[0\]\.name: expected a name of its own of a-z/],
    [{ webhooks: [hook, hook] }, /^webhooks\[1\]\.name: expected a name of its own/],
    [
      { webhooks: [{ ...hook, url: 'https://h.example/s3cr3t' as unknown as SecretValue }] },
      /^webhooks\[0\]\.url: expected a SecretValue, got a string$/,
    ],
    [
      { webhooks: [{ ...hook, url: SecretValue.unsafePlainText('http://h.example/s3cr3t') }] },
      /^webhooks\[0\]\.url: expected an https: URL without user, password and fragment, got one of http:$/,
    ],
    [
      { webhooks: [{ ...hook, headers: { 'a b': SecretValue.unsafePlainText('s3cr3t') } }] },
      /^webhooks\[0\]\.headers: expected names of HTTP headers, got "a b"$/,
    ],
    [
      { email: { ...channels.email, from: 'alerts' } },
      /^email\.from: expected an e-mail address, got "alerts"$/,
    ],
    [{ email: { ...channels.email, to: ['a', 'b'] } }, /^email\.to\[0\]: expected an e-mail address/],
    [
      { email: { ...channels.email, identityArn: 'x' } },
      /^email\.identityArn: expected the ARN of an identity/,
    ],
    [{ securityAnalytics: 'yes' as unknown as boolean }, /^securityAnalytics: expected true or false/],
  ])('are refused by their name, and no secret is told: %#', (change, said) => {
    expect(() => deploy('domain', change)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(said) }),
    );
    expect(said.source).not.toContain('s3cr3t');
  });
});

describe('the watched day', () => {
  test('is moved by the clock, minutes before each hour, where there are monitors', () => {
    domain.template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(58 * * * ? *)',
      Targets: [Match.objectLike({ Input: '{"watch":"newest index"}' })],
    });
    collection.template.resourceCountIs('AWS::Events::Rule', 0);
  });
});

describe('at synth', () => {
  test.each([
    [
      { indexOptions: { businessDays: 0 } },
      /^indexOptions\.businessDays: expected a whole number from 1 to 3650, got 0/,
    ],
    [
      { indexOptions: { preset: 'huge' as 'large' } },
      /^indexOptions\.preset: expected single, standard, large, got/,
    ],
    [
      { alertThresholds: { lateRecords: 0 } },
      /^alertThresholds\.lateRecords: expected a whole number from 1/,
    ],
    [{ revision: 'x'.repeat(65) }, /^revision: expected a text of at most 64 characters/],
  ])('%j is refused by its name', (change, said) => {
    expect(() => deploy('domain', change)).toThrow(said);
  });
});

/** Text of an `Fn::Join`, with each part that is known later as a text of its own. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  const [separator, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'later')).join(separator);
}
