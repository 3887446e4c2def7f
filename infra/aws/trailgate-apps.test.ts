import { App, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { vpcOf } from './declared-interface.ts';
import { grantsOf, rolesOfFunctions } from './testing/grants.ts';
import { Trailgate } from './trailgate.ts';

const ENV = { account: '111122223333', region: 'eu-central-1' };

const newFunction = (scope: Construct, id = 'Orders'): lambda.Function =>
  new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('export const handler = async () => undefined;'),
  });

describe('in a network of its own', () => {
  const stack = new Stack(new App(), 'Test', { env: ENV });
  const trail = new Trailgate(stack, 'Trail', { size: 'dev', network: 'private' });
  const template = Template.fromStack(stack);

  test('every call that a function may make of a service with an endpoint passes the endpoint', () => {
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
    const passing = endpoints
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }: { readonly Action: string | readonly string[] }) => Action);
    const services = new Set(passing.map((action) => action.split(':')[0]));
    // Lambda reads the stream and keeps failed batches itself, from outside of the network.
    const ofLambda = /^kinesis:(Describe|Get)|^sns:Subscribe/;
    const functions = [trail.collector.fn, trail.detector.fn, trail.ticker.fn].map((fn) =>
      stack.getLogicalId(fn.node.defaultChild as lambda.CfnFunction),
    );
    const roles = rolesOfFunctions(template);
    const called = functions
      .flatMap((fn) => grantsOf(template, roles.get(fn) ?? fn))
      .flatMap(({ actions }) => actions)
      .filter((action) => services.has(action.split(':')[0]) && !ofLambda.test(action));
    expect(new Set(called)).toContain('kinesis:ListShards');
    expect(called.filter((action) => !passing.includes(action))).toEqual([]);
  });
});

describe('in an app of several stacks', () => {
  test('access logs go to a bucket of another stack', () => {
    const app = new App();
    const logsStack = new Stack(app, 'Logs');
    const existingAccessLogsBucket = new s3.Bucket(logsStack, 'AccessLogs');
    new Trailgate(new Stack(app, 'Test'), 'Trail', { size: 'dev', existingAccessLogsBucket });
    Template.fromStack(logsStack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  test('a domain of another stack lets the functions in by a rule of theirs', () => {
    const app = new App();
    const domainStack = new Stack(app, 'Search');
    const vpc = new ec2.Vpc(domainStack, 'Vpc');
    const existingDomain = new opensearch.Domain(domainStack, 'Domain', {
      version: opensearch.EngineVersion.OPENSEARCH_3_5,
      vpc: vpcOf(vpc),
      vpcSubnets: [{ subnets: vpc.privateSubnets.slice(0, 1) }],
    });
    const stack = new Stack(app, 'Test');
    new Trailgate(stack, 'Trail', { size: 'dev', existingDomain, vpc });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 });
    Template.fromStack(domainStack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });
});

describe('in stages', () => {
  test('each deployment watches the functions of its own stage', () => {
    const app = new App();
    const stacks = ['Dev', 'Prod'].map((id) => {
      const stack = new Stack(new Stage(app, id), 'Test');
      const trail = new Trailgate(stack, 'Trail', { size: 'dev', accountSubscription: true });
      trail.watchApp();
      newFunction(stack);
      return stack;
    });
    app.synth();
    for (const stack of stacks) {
      Template.fromStack(stack).resourceCountIs('AWS::Logs::SubscriptionFilter', 1);
    }
  });

  test('a function of another stage is refused by its path', () => {
    const app = new App();
    const trail = new Trailgate(new Stack(new Stage(app, 'Dev'), 'Test'), 'Trail', { size: 'dev' });
    const fn = newFunction(new Stack(new Stage(app, 'Prod'), 'Test'));
    expect(() => trail.watch(fn)).toThrow(
      'watch(Prod/Test/Orders): expected what is in stage Dev, as the pipeline is, got stage Prod',
    );
    expect(() => trail.watch(app)).toThrow('as the pipeline is, got no stage of the app');
  });
});

describe('watching and enforcing', () => {
  const deployed = (): { stack: Stack; trail: Trailgate } => {
    const stack = new Stack(new App(), 'Test', { env: ENV });
    return { stack, trail: new Trailgate(stack, 'Trail', { size: 'dev' }) };
  };

  test('what was imported is refused where its ARN is of another region or account', () => {
    const { stack, trail } = deployed();
    const arn = (service: string, place: string, rest: string) => `arn:aws:${service}:${place}:${rest}`;
    const away = [
      lambda.Function.fromFunctionArn(stack, 'A', arn('lambda', 'us-east-1:111122223333', 'function:a')),
      lambda.Function.fromFunctionArn(stack, 'B', arn('lambda', 'eu-central-1:444455556666', 'function:b')),
      logs.LogGroup.fromLogGroupArn(stack, 'C', arn('logs', 'us-east-1:111122223333', 'log-group:/c:*')),
    ];
    for (const target of away) {
      expect(() => trail.watch(target)).toThrow(
        `watch(${target.node.path}): expected a log group in account 111122223333 and region eu-central-1`,
      );
    }
  });

  test('a list and an option of another name are told', () => {
    const { stack, trail } = deployed();
    const fn = newFunction(stack);
    expect(() => trail.watch([fn] as never)).toThrow(
      'watch: expected a function, a log group or a scope, got a list',
    );
    expect(() => trail.watch(fn, { filter: 'ERROR' } as never)).toThrow(
      'filter: expected one of filterPattern',
    );
  });

  test('the function of an alias, of a version and of a singleton is told the tables', () => {
    const { stack, trail } = deployed();
    const one = newFunction(stack, 'One');
    const other = newFunction(stack, 'Other');
    const singleton = new lambda.SingletonFunction(stack, 'Single', {
      uuid: '0f3ae2f4-1111-2222-3333-444455556666',
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('export const handler = async () => undefined;'),
    });
    for (const fn of [one.addAlias('live'), other.currentVersion, singleton]) trail.grantLimits(fn);
    const told = Object.entries(Template.fromStack(stack).findResources('AWS::Lambda::Function'))
      .filter(([id]) => /^(One|Other|Single)/.test(id))
      .map(([, { Properties }]) => Object.keys(Properties.Environment?.Variables ?? {}).sort());
    expect(told).toEqual(Array.from({ length: 3 }, () => ['BUCKETS_TABLE', 'LIMITS_TABLE']));
  });

  test('limits are not granted to what is no function, nor to a function of another region', () => {
    const { stack, trail } = deployed();
    expect(() => trail.grantLimits('orders' as never)).toThrow(
      "grantLimits: expected a function, got 'orders'",
    );
    const away = new Stack(stack.node.root as App, 'Away', { env: { ...ENV, region: 'us-east-1' } });
    expect(() => trail.grantLimits(newFunction(away))).toThrow(
      'grantLimits(Away/Orders): expected a function in account 111122223333 and region eu-central-1',
    );
  });
});

test('in China services have the names of that partition', () => {
  const stack = new Stack(new App(), 'Test', { env: { ...ENV, region: 'cn-north-1' } });
  new Trailgate(stack, 'Trail', { size: 'dev' });
  const text = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(text).toContain('"logs.cn-north-1.amazonaws.com.cn"');
  expect(text).toContain('"kinesis.cn-north-1.amazonaws.com.cn"');
});
