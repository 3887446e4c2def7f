import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { CfnElement } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import type { PipelineFunction } from '../functions/pipeline-function.ts';
import { flat } from '../search/testing/template-reading.ts';
import { grantLines, grantsOf } from '../testing/grants.ts';
import { Trailgate } from '../trailgate.ts';
import type { TrailgateProps } from '../trailgate-props.ts';
import { INDEX_QUOTA, mostIndices, retentionDays } from './retention-days.ts';

function deployment(props: TrailgateProps) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-central-1' } });
  const trail = new Trailgate(stack, 'Trail', { name: 'shop', size: 'dev', ...props });
  const idOf = (construct: IConstruct): string =>
    stack.getLogicalId(construct.node.defaultChild as CfnElement);
  return { app, stack, trail, idOf, template: Template.fromStack(stack) };
}

function retentionOf({ retention }: Trailgate): NonNullable<Trailgate['retention']> {
  if (retention === undefined) throw new TypeError('retention: expected one');
  return retention;
}

/** What its role may do beyond what every function may. */
function linesOf(
  { template, idOf }: ReturnType<typeof deployment>,
  { role }: PipelineFunction,
): readonly string[] {
  const every = /^(?:logs:(?:CreateLogStream|PutLogEvents) <|xray:Put\w+ \*$)/;
  return grantLines(grantsOf(template, idOf(role))).filter((line) => !every.test(line));
}

const open = deployment({ collection: true });
const hidden = deployment({
  collection: true,
  size: 'small',
  setup: { indexOptions: { businessDays: 7, trailDays: 400 } },
});

describe('a deployment with a collection', () => {
  const { template, trail, idOf } = open;
  const { fn, pipelineFunction } = retentionOf(trail);

  test('calls the retention once a day, and again when it fails', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      State: 'ENABLED',
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [idOf(fn), 'Arn'] },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
        },
      ],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      FunctionName: { 'Fn::GetAtt': [idOf(fn), 'Arn'] },
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf(fn) },
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
    });
  });

  test('tells it where the index is and how long documents are kept', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          INDEX_URL: { 'Fn::GetAtt': [Match.stringLikeRegexp('Collection'), 'CollectionEndpoint'] },
          INDEX_SERVICE: 'aoss',
          BUSINESS_DAYS: '14',
          TRAIL_DAYS: '180',
        },
      },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: idOf(pipelineFunction.logGroup) } },
      ReservedConcurrentExecutions: 1,
      Runtime: 'nodejs24.x',
      TracingConfig: { Mode: 'Active' },
    });
    hidden.template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BUSINESS_DAYS: '7', TRAIL_DAYS: '400' }) },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/trailgate/shop/retention' });
  });

  test('has collector and detector write indices of months', () => {
    for (const made of [trail.collector, trail.detector]) {
      expect(template.toJSON().Resources[idOf(made.fn)].Properties.Environment.Variables).toMatchObject({
        INDEX_SERVICE: 'aoss',
        INDEX_PERIOD: 'month',
      });
    }
  });

  test('lets it name and delete indices of documents, and nothing else', () => {
    const [collection] = Object.keys(template.findResources('AWS::OpenSearchServerless::Collection'));
    expect(linesOf(open, pipelineFunction)).toEqual([`aoss:APIAccessAll <${collection}.Arn>`]);
    const [policy] = Object.values(template.findResources('AWS::OpenSearchServerless::AccessPolicy'));
    const rules: readonly { readonly Principal: readonly string[]; readonly Rules: unknown }[] = JSON.parse(
      flat(policy?.Properties.Policy),
    );
    const own = rules.filter(({ Principal }) => Principal.includes(`<${idOf(pipelineFunction.role)}.Arn>`));
    expect(own).toEqual([
      {
        Principal: [`<${idOf(pipelineFunction.role)}.Arn>`],
        Rules: [
          {
            ResourceType: 'index',
            Resource: ['index/shop/business-*', 'index/shop/trail-*'],
            Permission: ['aoss:DescribeIndex', 'aoss:DeleteIndex'],
          },
        ],
      },
    ]);
    // Nobody else deletes one.
    expect(rules.filter(({ Rules }) => JSON.stringify(Rules).includes('Delete'))).toEqual(own);
  });

  test('tells when it fails', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'trailgate-shop-retention-errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: idOf(fn) } }],
      Threshold: 0,
    });
  });

  test('in a VPC has it there as well', () => {
    const inside = retentionOf(hidden.trail);
    const { VpcConfig } = hidden.template.toJSON().Resources[hidden.idOf(inside.fn)].Properties;
    const { VpcConfig: ofCollector } =
      hidden.template.toJSON().Resources[hidden.idOf(hidden.trail.collector.fn)].Properties;
    expect(VpcConfig).toBeDefined();
    expect(VpcConfig).toEqual(ofCollector);
    const [collection] = Object.keys(hidden.template.findResources('AWS::OpenSearchServerless::Collection'));
    expect(linesOf(hidden, inside.pipelineFunction).filter((line) => !line.includes('ec2:'))).toEqual([
      `aoss:APIAccessAll <${collection}.Arn>`,
    ]);
  });

  test('warns of days that are more indices than a collection may hold, and of no others', () => {
    const text = Match.stringLikeRegexp('up to 34 indices.*may hold 20.*setup\\.indexOptions');
    Annotations.fromStack(hidden.stack).hasWarning('/Stack/Trail/Retention', text);
    Annotations.fromStack(open.stack).hasNoWarning('*', Match.stringLikeRegexp('indices'));
  });

  test('gives cdk-nag nothing to say', () => {
    const findings = [open, hidden].flatMap(({ app }) =>
      [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
        pack
          .validateScope(app)
          .violations.map(
            ({ ruleName, violatingResources }) =>
              `${ruleName} ${violatingResources.map(({ constructPath }) => constructPath).join(' ')}`,
          ),
      ),
    );
    expect(findings).toEqual([]);
  });
});

test('a domain has no retention but its own, and indices of days', () => {
  const { template, trail, idOf } = deployment({ setup: { indexOptions: { trailDays: 800 } } });
  expect(trail.retention).toBeUndefined();
  // The ticker's, and the one that has monitors watch the day.
  template.resourceCountIs('AWS::Events::Rule', 2);
  template.resourcePropertiesCountIs(
    'AWS::Lambda::Function',
    { Description: Match.stringLikeRegexp('expired') },
    0,
  );
  for (const made of [trail.collector, trail.detector]) {
    const told = template.toJSON().Resources[idOf(made.fn)].Properties.Environment.Variables;
    expect(Object.keys(told)).not.toContain('INDEX_PERIOD');
  }
});

describe('how many indices there are at most', () => {
  test.each([
    [{ business: 1, trail: 1 }, 8],
    [{ business: 14, trail: 180 }, 20],
    [{ business: 14, trail: 400 }, 34],
    [{ business: 3_650, trail: 3_650 }, 484],
  ])('%j: %i', (days, most) => {
    expect(mostIndices(days)).toBe(most);
  });

  test('those of the defaults are as many as a collection may hold', () => {
    expect(retentionDays()).toEqual({ business: 14, trail: 180 });
    expect(mostIndices(retentionDays())).toBeLessThanOrEqual(INDEX_QUOTA);
  });
});
