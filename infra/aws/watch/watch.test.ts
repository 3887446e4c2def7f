import { Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cr from 'aws-cdk-lib/custom-resources';
import { describe, expect, test } from 'vitest';
import { LogWatcher } from './index.ts';
import { FILTER, GROUP, HOME, makeFunction, scene } from './testing/scene.ts';

const filterNames = (template: Template): unknown[] =>
  Object.values(template.findResources(FILTER)).map(({ Properties }) => Properties.FilterName);

describe('the role of CloudWatch Logs', () => {
  const { pipeline } = scene();
  const template = Template.fromStack(pipeline);

  test('is for this account and region only', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'logs.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': ['111111111111'] },
              StringLike: { 'aws:SourceArn': Match.anyValue() },
            },
          },
        ],
      },
    });
    const trust = JSON.stringify(template.findResources('AWS::IAM::Role'));
    expect(trust).toContain(':logs:eu-central-1:111111111111:*');
  });

  test('may put records into the stream and make data keys for it, and nothing else', () => {
    const stream = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Stream'), 'Arn'] };
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'kinesis:PutRecord', Effect: 'Allow', Resource: stream },
          {
            Action: 'kms:GenerateDataKey',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
            Condition: { StringEquals: { 'kms:EncryptionContext:aws:kinesis:arn': stream } },
          },
        ],
      },
    });
    template.resourceCountIs('AWS::IAM::Policy', 1);
  });
});

describe('watch', () => {
  const { app, pipeline, shop, watcher } = scene();
  const named = makeFunction(shop, 'Named', { functionName: 'orders' });
  const unnamed = makeFunction(shop, 'Unnamed');
  const grouped = makeFunction(shop, 'Grouped', {
    logGroup: new logs.LogGroup(shop, 'GroupedLogs', { retention: logs.RetentionDays.ONE_DAY }),
  });
  watcher.watch(named, unnamed, grouped);
  watcher.watch(lambda.Function.fromFunctionName(shop, 'Old', 'old-orders'));
  watcher.watch(makeFunction(shop, 'Ran', { functionName: 'ran' }), { existingLogGroup: true });
  watcher.watch(new logs.LogGroup(shop, 'Edge', { logGroupName: 'edge' }), {
    filterPattern: logs.FilterPattern.literal('{ $.a = 1 }'),
    distribution: 'Random',
  });
  watcher.watch(named.currentVersion);
  const template = Template.fromStack(shop);
  const filterOf = (logGroupName: unknown) =>
    template.findResources(FILTER, { Properties: { LogGroupName: logGroupName } });

  test('declares the group that Lambda would make, before a function whose name is known', () => {
    const [id] = Object.keys(
      template.findResources(GROUP, { Properties: { LogGroupName: '/aws/lambda/orders' } }),
    );
    expect(id).toBeDefined();
    template.hasResource(GROUP, {
      Properties: { LogGroupName: '/aws/lambda/orders', RetentionInDays: 30 },
      DeletionPolicy: 'Retain',
    });
    template.hasResource('AWS::Lambda::Function', {
      Properties: { FunctionName: 'orders' },
      DependsOn: Match.arrayWith([id]),
    });
    expect(Object.keys(filterOf({ Ref: id }))).toHaveLength(1);
  });

  test('declares the group of a function that CloudFormation names', () => {
    template.hasResourceProperties(GROUP, {
      LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', { Ref: Match.stringLikeRegexp('^Unnamed') }]] },
    });
  });

  test('takes the group that a function was given', () => {
    expect(Object.keys(filterOf({ Ref: Match.stringLikeRegexp('^GroupedLogs') }))).toHaveLength(1);
  });

  test('makes no group for what is there already', () => {
    expect(Object.keys(filterOf('/aws/lambda/old-orders'))).toHaveLength(1);
    expect(Object.keys(filterOf('/aws/lambda/ran'))).toHaveLength(1);
    template.resourceCountIs(GROUP, 4);
  });

  test('sends all lines by log stream, or what the options say', () => {
    template.hasResourceProperties(FILTER, {
      LogGroupName: '/aws/lambda/ran',
      FilterPattern: '',
      Distribution: 'ByLogStream',
      DestinationArn: { 'Fn::ImportValue': Match.stringLikeRegexp('Stream') },
      RoleArn: { 'Fn::ImportValue': Match.stringLikeRegexp('Role') },
    });
    template.hasResourceProperties(FILTER, { FilterPattern: '{ $.a = 1 }', Distribution: 'Random' });
  });

  test('gives a version of a watched function no second filter', () => {
    template.resourceCountIs(FILTER, 6);
  });

  test('makes the stack of the functions depend on the one of the pipeline, and not the other way round', () => {
    expect(shop.dependencies).toEqual([pipeline]);
    expect(pipeline.dependencies).toEqual([]);
  });

  test('names filters by their group, each another', () => {
    const names = filterNames(template);
    expect(new Set(names).size).toBe(6);
    for (const name of names) expect(name).toMatch(/^trailgate-[0-9a-f]{16}$/);
  });

  test('lists the groups that the stack of the pipeline can name', () => {
    expect(watcher.subscriptions).toHaveLength(6);
    expect(watcher.watchedLogGroups).toEqual(['/aws/lambda/old-orders', '/aws/lambda/ran']);
    expect(app.node.findAll().filter((one) => one instanceof logs.CfnSubscriptionFilter)).toHaveLength(6);
  });
});

test('names and logical ids stay when other functions come, and have no numbers of this synth in them', () => {
  const synth = (more: boolean): [string[], unknown[]] => {
    const { app, shop, watcher } = scene({}, {}, {});
    if (more) makeFunction(shop, 'Another');
    makeFunction(shop, 'Orders');
    watcher.watch(app);
    const template = Template.fromStack(shop);
    return [Object.keys(template.findResources(FILTER)), filterNames(template)];
  };
  const [ids, names] = synth(false);
  const [moreIds, moreNames] = synth(true);
  expect(moreIds).toEqual(expect.arrayContaining(ids));
  expect(moreNames).toEqual(expect.arrayContaining(names));
  expect(moreIds).toHaveLength(2);
  expect(JSON.stringify([ids, names])).not.toContain('Token');
});

describe.each([
  { '@aws-cdk/core:aspectStabilization': false },
  { '@aws-cdk/core:aspectStabilization': true },
])('a watched app (%o)', (flags) => {
  const { app, pipeline, shop, watcher } = scene({}, flags);
  const byHand = makeFunction(shop, 'ByHand');
  watcher.watch(byHand, { distribution: 'Random' });
  watcher.watch(app);
  makeFunction(shop, 'Later');
  makeFunction(pipeline, 'Collector', {
    logGroup: new logs.LogGroup(pipeline, 'CollectorLogs', { logGroupName: '/trailgate/main/collector' }),
  });
  makeFunction(shop, 'OtherPipeline', {
    logGroup: new logs.LogGroup(shop, 'OtherLogs', { logGroupName: '/trailgate/other/collector' }),
  });
  LogWatcher.ignore(makeFunction(shop, 'Ignored'));
  Tags.of(makeFunction(shop, 'Tagged')).add('trailgate:watch', 'no');
  new cr.AwsCustomResource(shop, 'Helper', {
    onUpdate: { service: 'S3', action: 'listBuckets', physicalResourceId: cr.PhysicalResourceId.of('x') },
    policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
  new cr.Provider(shop, 'Provider', { onEventHandler: byHand });
  const elsewhere = new Stack(app, 'Elsewhere', { env: { ...HOME, region: 'us-east-1' } });
  makeFunction(elsewhere, 'Far');
  const handMade = new logs.LogGroup(shop, 'HandMadeLogs');
  makeFunction(shop, 'HandMade', { logGroup: handMade });
  new logs.CfnSubscriptionFilter(shop, 'HandMadeFilter', {
    logGroupName: handMade.logGroupName,
    destinationArn: watcher.destination.arn,
    filterPattern: '',
  });
  const template = Template.fromStack(shop);

  test('has a filter for each function, and one only', () => {
    const groups = Object.values(template.findResources(FILTER)).map(({ Properties }) =>
      JSON.stringify(Properties.LogGroupName),
    );
    expect(groups.sort()).toEqual([
      expect.stringMatching(/^\{"Ref":"ByHandWatchedLogGroup/),
      expect.stringMatching(/^\{"Ref":"HandMadeLogs/),
      expect.stringMatching(/^\{"Ref":"LaterWatchedLogGroup/),
    ]);
  });

  test('leaves out the functions of the pipeline itself', () => {
    Template.fromStack(pipeline).resourceCountIs(FILTER, 0);
  });

  test('says of a function of another region that it is not watched', () => {
    Template.fromStack(elsewhere).resourceCountIs(FILTER, 0);
    const far = elsewhere.node.findAll().flatMap(({ node }) => node.metadata);
    expect(far.map(({ data }) => String(data))).toContainEqual(
      expect.stringContaining('RegionalDestination'),
    );
  });
});

test('a watched app takes the helpers too when asked, and the groups that CDK declares or has made', () => {
  const { app, shop, watcher } = scene({}, { '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true });
  makeFunction(shop, 'Managed');
  makeFunction(shop, 'Kept', { logRetention: logs.RetentionDays.ONE_DAY });
  new cr.Provider(shop, 'Provider', { onEventHandler: makeFunction(shop, 'OnEvent') });
  watcher.watch(app, { helperFunctions: true });
  const template = Template.fromStack(shop);
  template.resourceCountIs(FILTER, 4);
  expect(Object.keys(template.findResources(GROUP)).filter((id) => id.includes('WatchedLogGroup'))).toEqual(
    [],
  );
  template.hasResource(FILTER, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^KeptLogRetention')]) });
});
