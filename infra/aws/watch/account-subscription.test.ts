import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { AccountSubscription } from './index.ts';
import { makeFunction, scene } from './testing/scene.ts';

describe('an account subscription', () => {
  const { app, pipeline, watcher, shop } = scene();
  new logs.LogGroup(pipeline, 'CollectorLogs', { logGroupName: '/trailgate/main/collector' });
  const policy = new AccountSubscription(pipeline, 'All', { watcher, excludedLogGroups: ['flow-logs'] });
  watcher.watch(app);
  makeFunction(shop, 'Named', { functionName: 'orders' });
  makeFunction(pipeline, 'Near');
  app.synth();
  const template = Template.fromStack(pipeline);

  test('leaves out the groups of the pipeline, those that were named, and those that are watched', () => {
    template.hasResourceProperties('AWS::Logs::AccountPolicy', {
      PolicyType: 'SUBSCRIPTION_FILTER_POLICY',
      Scope: 'ALL',
      SelectionCriteria: {
        'Fn::Join': [
          '',
          [
            'LogGroupName NOT IN ["/trailgate/main/collector", "flow-logs", "',
            { Ref: Match.stringLikeRegexp('^NearWatchedLogGroup') },
            '"]',
          ],
        ],
      },
    });
    expect(policy.excludedLogGroups).toHaveLength(3);
  });

  test('sends to the stream with the role of the watcher, after the role may', () => {
    template.hasResource('AWS::Logs::AccountPolicy', {
      Properties: {
        PolicyDocument: {
          'Fn::Join': [
            '',
            Match.arrayWith([
              '{"DestinationArn":"',
              '","RoleArn":"',
              '","FilterPattern":"","Distribution":"ByLogStream"}',
            ]),
          ],
        },
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('RoleDefaultPolicy')]),
    });
  });

  test('is the only one of its region, and its list has a length', () => {
    const other = scene();
    new AccountSubscription(other.pipeline, 'A', {
      watcher: other.watcher,
      excludedLogGroups: Array.from({ length: 60 }, (_, n) => `${n}-${'x'.repeat(450)}`),
    });
    new AccountSubscription(other.shop, 'B', { watcher: other.watcher });
    expect(() => other.app.synth()).toThrow(
      /excludedLogGroups: expected names of at most 25600 bytes.*\n.*accountSubscription: expected the only one/,
    );
  });

  test.each([
    [
      'excludedLogGroups',
      { excludedLogGroups: ['/aws/vpc/*'] },
      "exact names of log groups, without *, got '/aws/vpc/*'",
    ],
    ['policyName', { policyName: '' }, "1 to 256 letters, digits, '.', '_' or '-', got ''"],
  ])('refuses a wrong %s', (prop, props, expected) => {
    const other = scene();
    expect(() => new AccountSubscription(other.pipeline, 'A', { watcher: other.watcher, ...props })).toThrow(
      `${prop}: expected ${expected}`,
    );
  });
});
