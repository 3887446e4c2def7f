import { FIELDS } from '@trailgate/collectors/schema';
import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../monitors/monitor-options.ts';
import { DATA_SOURCES } from '../data-sources.ts';
import { grafanaDashboards } from '../grafana-dashboards.ts';
import { fieldsOfTarget, type ReadTarget, readDashboard } from '../testing/dashboard-reading.ts';
import { askedMetric, PUBLISHED_METRICS } from '../testing/published-metrics.ts';
import { alertRulesFile } from './alert-groups.ts';
import { ALERT_THRESHOLDS } from './alert-thresholds.ts';
import { contactPointsFile, policiesFile } from './contact-points.ts';

/** As Grafana reads it: from the file. */
const file = JSON.parse(JSON.stringify(alertRulesFile())) as ReturnType<typeof alertRulesFile>;
const rules = file.groups.flatMap((group) => group.rules);
const dashboards = grafanaDashboards().map(readDashboard);

function thresholdOf(uid: string): unknown {
  const rule = rules.find((one) => one.uid === uid);
  const model = rule?.data.at(-1)?.model as unknown as { conditions: { evaluator: object }[] };
  return model.conditions[0]?.evaluator;
}

test('every rule and group has a name of its own', () => {
  expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
  for (const { uid } of rules) expect(uid).toMatch(/^trailgate-[a-z-]{3,30}$/);
  expect(file.groups.map(({ name, folder }) => [folder, name])).toEqual([
    ['Trailgate', 'Services'],
    ['Trailgate', 'Security'],
    ['Trailgate', 'Pipeline'],
  ]);
});

describe.each(rules)(
  'the alert $title',
  ({ condition, data, dashboardUid, panelId, annotations, ...rule }) => {
    const models = data.map(({ model }) => model as unknown as ReadTarget);
    const steps = data.map(({ refId }) => refId);

    test('judges what its steps work out, each from those before it', () => {
      expect(condition).toBe(steps.at(-1));
      expect(new Set(steps).size).toBe(steps.length);
      for (const [at, { refId, datasourceUid, model }] of data.entries()) {
        const { expression, type, datasource } = model as unknown as ReadTarget;
        expect((model as unknown as ReadTarget).refId).toBe(refId);
        expect(datasource.uid).toBe(datasourceUid);
        if (datasourceUid !== '__expr__') continue;
        const named =
          type === 'math'
            ? [...(expression ?? '').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
            : [expression];
        expect(named.length).toBeGreaterThan(0);
        for (const name of named) expect(steps.slice(0, at)).toContain(name);
      }
    });

    test('asks the provisioned data sources for what there is', () => {
      const asked = models.filter(({ datasource }) => datasource.type !== '__expr__');
      expect(asked.length).toBeGreaterThan(0);
      const trail = new Set<string>(FIELDS.trail.map(({ name }) => name));
      for (const target of asked) {
        if (target.datasource.uid === DATA_SOURCES.cloudwatch.uid) {
          expect([...PUBLISHED_METRICS]).toContain(askedMetric(target));
        } else {
          expect(target.datasource.uid).toBe(DATA_SOURCES.trail.uid);
          // The plugin alerts on series over time alone.
          expect(target.bucketAggs?.at(-1)?.type).toBe('date_histogram');
          expect(fieldsOfTarget(target).filter((field) => !trail.has(field))).toEqual([]);
        }
      }
      // Rules have no variables.
      expect(JSON.stringify(asked)).not.toMatch(/\$(?!\{PROP)/);
    });

    test('leads to a panel that shows what is wrong', () => {
      const dashboard = dashboards.find(({ uid }) => uid === dashboardUid);
      const panel = dashboard?.panels.find(({ id }) => id === panelId);
      expect(panel).toBeDefined();
      expect(annotations).toMatchObject({
        __dashboardUid__: dashboardUid,
        __panelId__: String(panelId),
      });
      const [asked] = models;
      if (asked?.metricName !== undefined) {
        expect(panel?.targets.map(({ metricName }) => metricName)).toContain(asked.metricName);
      }
    });

    test('says what to do, and what silence means', () => {
      expect(annotations.summary).toMatch(/^\S.*\.$/);
      expect(annotations.description?.length).toBeGreaterThan(60);
      expect(annotations.no_data).toMatch(new RegExp(`^${rule.noDataState}: \\S`));
      expect(rule.execErrState).toBe('Error');
      // Labels in the text are those that the series have.
      const named = [...(annotations.summary ?? '').matchAll(/\$labels\.(\w+)|\$labels "([\w.]+)"/g)];
      const text = JSON.stringify(models);
      for (const [, plain, quoted] of named) expect(text).toContain(`"${plain ?? quoted}"`);
    });
  },
);

test('thresholds are those of the code, and those of the monitors where both judge', () => {
  expect(thresholdOf('trailgate-error-ratio')).toEqual({ type: 'gt', params: [ALERT_THRESHOLDS.errorRatio] });
  expect(thresholdOf('trailgate-latency')).toEqual({ type: 'gt', params: [ALERT_THRESHOLDS.latencyMs] });
  expect(thresholdOf('trailgate-collector-lag')).toEqual({ type: 'gt', params: [ALERT_THRESHOLDS.lagMs] });
  expect(thresholdOf('trailgate-silent')).toEqual({ type: 'lt', params: [1] });
  expect(thresholdOf('trailgate-failed-logins-user')).toEqual({
    type: 'gte',
    params: [DEFAULT_THRESHOLDS.failedLoginsPerUser],
  });
});

describe('contact points', () => {
  test('take what is secret or an installation’s own from the environment', () => {
    const [point] = contactPointsFile(['sns', 'webhook', 'email']).contactPoints;
    expect(point?.receivers.map(({ type }) => type)).toEqual(['sns', 'webhook', 'email']);
    const settings = JSON.stringify(point?.receivers.map((receiver) => receiver.settings));
    expect(settings).not.toMatch(/https?:|@|arn:/);
    expect(settings).toContain('"$TRAILGATE_ALERT_WEBHOOK_URL"');
  });

  test('are told once by each kind', () => {
    expect(contactPointsFile(['email', 'email']).contactPoints[0]?.receivers).toHaveLength(1);
  });

  test.each([
    [['mail'], 'expected email, sns, webhook, got "mail"'],
    [[''], 'got ""'],
    [[], 'got none'],
  ])('refuse %j', (kinds, message) => {
    expect(() => contactPointsFile(kinds)).toThrow(message);
  });

  test('are what the policies tell', () => {
    const [point] = contactPointsFile(['email']).contactPoints;
    const [policy] = policiesFile().policies as readonly [
      { receiver: string; routes: { receiver: string }[] },
    ];
    expect([policy.receiver, ...policy.routes.map(({ receiver }) => receiver)]).toEqual([
      point?.name,
      point?.name,
    ]);
  });
});
