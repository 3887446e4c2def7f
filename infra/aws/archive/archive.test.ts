import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { AccountSubscription, LogWatcher } from '../watch/index.ts';
import { LogArchive, type LogArchiveProps, RegionalDestination } from './index.ts';

const ARCHIVE = { account: '999999999999', region: 'eu-central-1' };
const ORGANIZATION = 'o-abcdefghij';
const DESTINATION_ARN = 'arn:aws:logs:eu-central-1:999999999999:destination:archive';

function archive(props: Partial<LogArchiveProps>): { stack: Stack; made: LogArchive } {
  const stack = new Stack(new App(), 'Archive', { env: ARCHIVE });
  const stream = new kinesis.Stream(stack, 'Stream', { encryptionKey: new kms.Key(stack, 'Key') });
  return { stack, made: new LogArchive(stack, 'Door', { stream, destinationName: 'archive', ...props }) };
}

const trustOf = (stack: Stack): readonly Record<string, unknown>[] =>
  Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).flatMap(
    ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement,
  );

/** The policy of the destination, which is a text with references in it. */
function accessOf(stack: Stack): { Statement: readonly Record<string, unknown>[] } {
  const [found] = Object.values(Template.fromStack(stack).findResources('AWS::Logs::Destination'));
  const text = found?.Properties.DestinationPolicy as { 'Fn::Join': [string, unknown[]] };
  return JSON.parse(text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'aws')).join(''));
}

describe('an archive for accounts', () => {
  const { stack, made } = archive({ accounts: ['111111111111', '222222222222'] });
  const template = Template.fromStack(stack);

  test('lets those accounts subscribe to this destination, and nobody else', () => {
    expect(accessOf(stack).Statement).toEqual([
      {
        Sid: 'Accounts',
        Effect: 'Allow',
        Principal: { AWS: ['111111111111', '222222222222'] },
        Action: ['logs:PutSubscriptionFilter', 'logs:PutAccountPolicy'],
        Resource: DESTINATION_ARN,
      },
    ]);
    expect(made.destinationArn).toContain(':logs:eu-central-1:999999999999:destination:archive');
  });

  test('writes into the stream in the name of those accounts and its own', () => {
    const [statement, ...others] = trustOf(stack);
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Principal: { Service: 'logs.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': ['999999999999', '111111111111', '222222222222'] } },
    });
    template.hasResource('AWS::Logs::Destination', {
      Properties: {
        DestinationName: 'archive',
        TargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Stream'), 'Arn'] },
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('DefaultPolicy')]),
    });
  });
});

test('an archive for an organisation admits its accounts only', () => {
  const { stack } = archive({ organizationId: ORGANIZATION });
  expect(accessOf(stack).Statement).toEqual([
    {
      Sid: 'Organization',
      Effect: 'Allow',
      Principal: '*',
      Action: ['logs:PutSubscriptionFilter', 'logs:PutAccountPolicy'],
      Resource: DESTINATION_ARN,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': [ORGANIZATION] } },
    },
  ]);
  expect(trustOf(stack)).toMatchObject([
    { Condition: { StringEquals: { 'aws:SourceAccount': ['999999999999'] } } },
    {
      Condition: {
        StringEquals: { 'aws:SourceOrgID': ORGANIZATION },
        StringLike: { 'aws:SourceArn': expect.anything() },
      },
    },
  ]);
});

describe('the sending side', () => {
  const sender = (organization: boolean): Template => {
    const stack = new Stack(new App(), 'Sender', {
      env: { account: '111111111111', region: 'eu-central-1' },
    });
    const watcher = new LogWatcher(stack, 'Watch', {
      existingDestination: { arn: DESTINATION_ARN, organization },
    });
    watcher.watch(new logs.LogGroup(stack, 'Logs', { logGroupName: 'orders' }));
    new AccountSubscription(stack, 'All', { watcher });
    return Template.fromStack(stack);
  };

  test('of an account that is named needs no role', () => {
    const template = sender(false);
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      DestinationArn: DESTINATION_ARN,
      RoleArn: Match.absent(),
    });
    template.hasResourceProperties('AWS::Logs::AccountPolicy', {
      PolicyDocument: `{"DestinationArn":"${DESTINATION_ARN}","FilterPattern":"","Distribution":"ByLogStream"}`,
    });
  });

  test('of an organisation shows a role that may write log events of this account only', () => {
    const template = sender(true);
    template.hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WatchRole'), 'Arn'] },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'logs:PutLogEvents',
            Effect: 'Allow',
            Resource: {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-central-1:111111111111:log-group:*'],
              ],
            },
          },
        ],
      },
    });
  });

  test('must be in the region of the destination', () => {
    const stack = new Stack(new App(), 'Sender', { env: { account: '111111111111', region: 'us-east-1' } });
    const watcher = new LogWatcher(stack, 'Watch', { existingDestination: { arn: DESTINATION_ARN } });
    expect(() => watcher.watch(new logs.LogGroup(stack, 'Logs'))).toThrow(
      /region eu-central-1, .*RegionalDestination/,
    );
  });
});

describe('a destination of another region', () => {
  const stack = new Stack(new App(), 'Far', { env: { ...ARCHIVE, region: 'us-east-1' } });
  const stream = kinesis.Stream.fromStreamAttributes(stack, 'Home', {
    streamArn: 'arn:aws:kinesis:eu-central-1:999999999999:stream/logs',
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:999999999999:key/abc'),
  });
  const made = new RegionalDestination(stack, 'Door', { stream, destinationName: 'home' });
  const watcher = new LogWatcher(stack, 'Watch', { existingDestination: { arn: made.destinationArn } });
  watcher.watch(new logs.LogGroup(stack, 'Logs'));

  test('takes the lines of its own account and region to the stream at home', () => {
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Logs::Destination', {
      TargetArn: 'arn:aws:kinesis:eu-central-1:999999999999:stream/logs',
    });
    expect(accessOf(stack).Statement).toMatchObject([
      {
        Principal: { AWS: ['999999999999'] },
        Resource: 'arn:aws:logs:us-east-1:999999999999:destination:home',
      },
    ]);
    expect(JSON.stringify(trustOf(stack))).toContain(':logs:us-east-1:999999999999:*');
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'kinesis:PutRecord', Resource: 'arn:aws:kinesis:eu-central-1:999999999999:stream/logs' },
          { Action: 'kms:GenerateDataKey', Resource: 'arn:aws:kms:eu-central-1:999999999999:key/abc' },
        ],
      },
    });
  });

  test('is what a watcher there sends to', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::SubscriptionFilter', {
      DestinationArn: {
        'Fn::Join': ['', Match.arrayWith([':logs:us-east-1:999999999999:destination:home'])],
      },
    });
  });

  test('is not for the region that the stream is in', () => {
    const home = new Stack(new App(), 'Home', { env: ARCHIVE });
    expect(() => new RegionalDestination(home, 'R', { stream: new kinesis.Stream(home, 'S') })).toThrow(
      /^stream: expected a stream of a region other than eu-central-1/,
    );
  });
});

describe('an archive refuses', () => {
  test.each<[string, Partial<LogArchiveProps>, string]>([
    ['accounts', {}, 'at least one account, or organizationId, got neither'],
    ['accounts', { accounts: ['1234'] }, "account ids of 12 digits, got '1234'"],
    [
      'organizationId',
      { accounts: ['111111111111'], organizationId: ORGANIZATION },
      'either it or accounts, got both',
    ],
    ['organizationId', { organizationId: 'acme' }, "o- and 10 to 32 letters or digits, got 'acme'"],
    [
      'destinationName',
      { accounts: ['111111111111'], destinationName: 'a:b' },
      "1 to 512 letters, digits, '.', '_' or '-', got 'a:b'",
    ],
  ])('wrong %s', (prop, props, expected) => {
    expect(() => archive(props)).toThrow(`${prop}: expected ${expected}`);
  });

  test('a stream of another account', () => {
    const stack = new Stack(new App(), 'Archive', { env: ARCHIVE });
    const stream = kinesis.Stream.fromStreamArn(
      stack,
      'S',
      'arn:aws:kinesis:eu-central-1:111111111111:stream/logs',
    );
    expect(() => new LogArchive(stack, 'Door', { stream, accounts: ['111111111111'] })).toThrow(
      /^stream: expected a stream of account 999999999999/,
    );
  });
});
