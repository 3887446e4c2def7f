import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { sizeCapacities } from '../../cost/size-capacities.ts';
import { PANEL_ROWS } from '../dashboard/panels.ts';
import { PipelineDashboard } from '../dashboard/pipeline-dashboard.ts';
import { SIZES } from '../sizes/presets.ts';
import type { AlarmOptions } from './alarm-options.ts';
import { planAlarms } from './alarm-plan.ts';
import { partCapacities } from './part-capacities.ts';
import { PipelineAlarms } from './pipeline-alarms.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { collectionIndex, testParts, testStack } from './testing/pipeline.ts';

function synthesised(
  options?: AlarmOptions,
  changes: (parts: PipelineParts) => PipelineParts = (same) => same,
) {
  const stack = testStack();
  const parts = changes(testParts(stack));
  const alarms = new PipelineAlarms(stack, 'Alarms', {
    name: 'shop',
    parts,
    ...(options !== undefined && { options }),
  });
  const dashboard = new PipelineDashboard(stack, 'Dashboard', { name: 'shop', parts, alarms });
  return { alarms, dashboard, parts, template: Template.fromStack(stack) };
}

describe('of a deployment with a domain', () => {
  const { alarms, parts, template } = synthesised();
  const props = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as Readonly<Record<string, unknown>>,
  );

  function alarm(id: string): Readonly<Record<string, unknown>> {
    return props.find(({ AlarmName }) => AlarmName === `trailgate-shop-${id}`) ?? {};
  }

  test('every alarm that fits is made, tells the topic when it rings and when it is over, and says what to do', () => {
    const planned = planAlarms(partCapacities(parts)).map(({ kind }) => kind.id);
    expect(props.map(({ AlarmName }) => AlarmName).sort()).toEqual(
      planned.map((id) => `trailgate-shop-${id}`).sort(),
    );
    expect(planned).not.toContain('collection-server-errors');
    expect(planned).not.toContain('account-delivery-errors');
    expect(planned).not.toContain('collector-silent');
    for (const one of props) {
      expect(one.AlarmActions).toHaveLength(1);
      expect(one.OKActions).toEqual(one.AlarmActions);
      expect(one.AlarmDescription).toMatch(
        /May be lost or late: .+ First: .+ See infra\/docs\/alarms\.md#[a-z-]+$/,
      );
    }
  });

  test('thresholds follow what the deployment has', () => {
    expect(alarm('collector-duration').Threshold).toBe(48_000);
    expect(alarm('collector-concurrency').Threshold).toBe(3);
    expect(alarm('detector-expiring').Threshold).toBe(3.5 * 86_400_000);
    expect(alarm('collector-memory').Threshold).toBe(768 * 1_024 * 1_024);
    expect(alarm('domain-storage').Threshold).toBe(25 * 1_024);
    expect(alarm('domain-nodes').Threshold).toBe(6);
  });

  test('metrics have the dimensions that they are published under', () => {
    expect(alarm('collector-quarantined')).toMatchObject({
      Namespace: 'Trailgate/Pipeline',
      MetricName: 'QuarantinedLines',
      Dimensions: [{ Name: 'Function', Value: { Ref: expect.stringMatching(/^Collector/) } }],
      TreatMissingData: 'notBreaching',
    });
    expect(alarm('detector-dropped')).toMatchObject({
      Dimensions: [{ Name: 'EventSourceMappingUUID', Value: 'detector-mapping' }],
    });
    expect(alarm('domain-red').Dimensions).toEqual(
      expect.arrayContaining([
        { Name: 'ClientId', Value: '111122223333' },
        { Name: 'DomainName', Value: 'trail' },
      ]),
    );
    expect(alarm('ticker-silent')).toMatchObject({
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test('what may have any value of a dimension is added up by one query', () => {
    expect(alarm('delivery-errors').Metrics).toMatchObject([
      {
        Expression:
          'SELECT SUM(DeliveryErrors) FROM SCHEMA("AWS/Logs", DestinationType, FilterName, LogGroupName)',
        ReturnData: true,
      },
    ]);
    expect(alarm('records-missing').Metrics).toMatchObject([
      { Expression: 'SELECT SUM(MissingRecords) FROM SCHEMA("Trailgate", Service)' },
    ]);
    expect(JSON.stringify(alarm('limits-table-errors').Metrics)).toMatch(
      /SELECT SUM\(SystemErrors\) FROM SCHEMA\(\\"AWS\/DynamoDB\\", TableName, Operation\) WHERE TableName = '",\{"Ref":"Limits\w+"\},"'"/,
    );
  });

  test('one alarm rings above all those whose cause can lose data', () => {
    const losing = planAlarms(partCapacities(parts)).filter(({ kind }) => kind.losesData);
    expect(losing.length).toBeGreaterThan(15);
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 1);
    const [composite] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm'));
    const rule = JSON.stringify(composite?.Properties.AlarmRule);
    expect(rule.match(/ALARM\(/g)).toHaveLength(losing.length);
    expect(composite?.Properties).toMatchObject({ AlarmName: 'trailgate-shop-data-loss-possible' });
    expect(alarms.dataLoss).toBeDefined();
    expect(alarms.alarms.get('collector-errors')?.alarmName).toBeDefined();
  });

  test('the dashboard shows the alarms first, and a graph for each panel that has something to show', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: 'trailgate-shop',
      DashboardBody: Match.anyValue(),
    });
    const widgets = bodyOf(template).widgets;
    expect(widgets.slice(0, 2).map(({ type }) => type)).toEqual(['text', 'alarm']);
    const titles = widgets.flatMap(({ type, properties }) => (type === 'metric' ? [properties.title] : []));
    expect(titles).toContain('Free storage of the fullest node');
    expect(titles).not.toContain('Capacity units of the account');
    expect(titles.length).toBe(PANEL_ROWS.flatMap(({ panels }) => panels).length - 1);
    expect(widgets.every(({ x, width }) => x + width <= 24)).toBe(true);
  });
});

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly width: number;
  readonly properties: { readonly title?: string };
}

/** Tokens read as their names. */
function bodyOf(template: Template): { readonly widgets: readonly Widget[] } {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const parts: readonly unknown[] = dashboard?.Properties.DashboardBody['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'token')).join(''));
}

describe('of another deployment', () => {
  test('a collection, no reserve, no set-up and an account policy have the alarms that fit them', () => {
    const { template } = synthesised({ silentAfterMinutes: 30 }, (parts) => {
      const { setup: _, domainNodes: __, ...others } = parts;
      const { reservedConcurrency: ___, ...collector } = parts.collector;
      return {
        ...others,
        collector,
        index: collectionIndex(testStackOf(parts)),
        accountSubscription: true,
      };
    });
    const made = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmName as string,
    );
    expect(made).toEqual(
      expect.arrayContaining([
        'trailgate-shop-collection-server-errors',
        'trailgate-shop-account-delivery-errors',
        'trailgate-shop-collector-silent',
        'trailgate-shop-detector-concurrency',
      ]),
    );
    expect(made.filter((name) => /domain|setup|collector-concurrency/.test(name))).toEqual([]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'trailgate-shop-collector-silent',
      EvaluationPeriods: 30,
      DatapointsToAlarm: 30,
      Period: 60,
    });
  });

  test('an existing domain, of which nothing is known, has AWS’s threshold for storage and none for nodes', () => {
    const planned = planAlarms({ domain: {} });
    expect(planned.find(({ kind }) => kind.id === 'domain-storage')?.threshold).toBe(20_480);
    expect(planned.some(({ kind }) => kind.id === 'domain-nodes')).toBe(false);
  });

  test('thresholds and a choice of alarms are the deployment’s', () => {
    const planned = planAlarms(sizeCapacities(SIZES.dev, 'domain'), {
      thresholds: { 'collector-late': 300_000 },
      without: ['domain-yellow'],
    });
    expect(planned.find(({ kind }) => kind.id === 'collector-late')?.threshold).toBe(300_000);
    expect(planned.some(({ kind }) => kind.id === 'domain-yellow')).toBe(false);
  });

  test.each<[AlarmOptions, RegExp]>([
    [
      { thresholds: { 'collector-lag': 1 } },
      /^alarms\.thresholds\.collector-lag: expected .*collector-late.* got collector-lag$/,
    ],
    [
      { thresholds: { 'collector-late': -1 } },
      /^alarms\.thresholds\.collector-late: expected a number, 0 or more, got -1$/,
    ],
    [{ thresholds: { 'collector-late': Number.NaN } }, /got NaN$/],
    [
      { without: ['domain-red', 'nope'] },
      /^alarms\.without\[1\]: expected the id of an alarm of docs\/alarms\.md, got nope$/,
    ],
    [
      { silentAfterMinutes: 1 },
      /^alarms\.silentAfterMinutes: expected a whole number from 5 to 1440, got 1$/,
    ],
    [{ page: '' }, /^alarms\.page: expected 1 to 200 characters, got 0$/],
  ])('%j is refused by name', (options, message) => {
    expect(() => synthesised(options)).toThrow(message);
  });
});

function testStackOf({ logStream }: PipelineParts) {
  return logStream.stack;
}
