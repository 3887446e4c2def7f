/** The rows that matter most, held against what the clients saw and what was planted; and that a wrong query shows nothing. */
import { describe, expect, test } from 'vitest';
import { COMPLETENESS_RULES } from '../../../dashboards/src/monitors/completeness-rules.ts';
import type { MetricSeries } from '../../../infra/local/cloudwatch/metric-store.ts';
import { COLLECTOR_METRICS, METRICS } from '../../../sdk/src/wire/index.ts';
import type { AttackedIndex } from './attacked-index.ts';
import { answerOf, type CloudWatchTarget } from './cloudwatch-targets.ts';
import { panelOf, shownRows, targetsOf } from './grafana-panels.ts';
import { type Row, showsSomething } from './grafana-rows.ts';
import { PLANTED } from './planted-lines.ts';
import { drawn, pictureOf } from './saved-objects.ts';

const TRAIL = 'Trailgate: Security trail';
const FINDINGS = 'Trailgate: Findings and caps';
const PIPELINE = 'Trailgate: Pipeline health';
const REQUEST = 'Trailgate: One request';

export function compareKeyRows(world: () => AttackedIndex): void {
  const attackers = (): readonly string[] => [world().stuffing, world().noisy].sort();
  const grafana = (dashboard: string, title: string): Promise<readonly Row[]> =>
    shownRows(world(), panelOf(dashboard, title));
  const picture = (title: string): Promise<readonly Row[]> => drawn(world(), pictureOf(title));

  describe('what is shown is what happened', () => {
    test('as many failed logins as clients were refused', async () => {
      const { failedLogins, stuffing } = world();
      expect(total(await grafana(TRAIL, 'Failed logins'), 'Sum')).toBe(failedLogins);
      expect(total(await picture('failed logins'), 'Failed logins')).toBe(failedLogins);
      const [first] = await picture('addresses with most failed logins');
      expect(`ip:${first?.Address}`).toBe(stuffing);
    });

    test('as many rate limit hits as answers with 429, and two clients with nearly all of them', async () => {
      const { entries } = world();
      const refused = entries.filter(({ status }) => status === 429).length + PLANTED.rateLimitHits;
      expect(total(await grafana(TRAIL, 'Rate limit hits'), 'Sum')).toBe(refused);
      expect(total(await grafana(FINDINGS, 'Requests refused'), 'Sum')).toBe(refused);
      expect(total(await picture('rate limits hit'), 'Limits hit')).toBe(refused);
      expect(firstTwo(await grafana(FINDINGS, 'Time to recovery'), 'principal')).toEqual(attackers());
    });

    test('the attackers before all other principals', async () => {
      expect(firstTwo(await grafana(TRAIL, 'Events by principal'), 'principal')).toEqual(attackers());
      expect(firstTwo(await picture('principals refused most'), 'Principal')).toEqual(attackers());
    });

    test('the finding of each attack, by its rule, about its client, with its cap', async () => {
      const rules = ['credential-stuffing', 'noisy-client'];
      const shown = column(await grafana(FINDINGS, 'Findings by rule'), 'rule.name');
      expect(shown).toEqual(expect.arrayContaining(rules));
      expect(column(await grafana(FINDINGS, 'Findings by principal'), 'principal')).toEqual(attackers());
      expect(column(await grafana(FINDINGS, 'Caps in force'), 'cap.client')).toEqual(attackers());
      expect(column(await picture('who was found'), 'Principal')).toEqual(attackers());
    });

    test('what never arrived, as the pipeline knows it', async () => {
      const rows = await grafana(PIPELINE, 'What is missing');
      expect(column(rows, 'rule.name')).toEqual([...COMPLETENESS_RULES].sort());
    });

    test('the countries of what the web ACL turned away, the busiest first', async () => {
      const rows = await grafana(TRAIL, 'Countries');
      expect(rows.map((row) => row['source.geo.country_iso_code'])).toEqual(PLANTED.countries);
    });

    test('one request across two services, with what was decided about it', async () => {
      for (const panel of ['Spans', 'Business lines']) {
        const services = column(await grafana(REQUEST, panel), 'service.name');
        expect(services).toEqual(expect.arrayContaining(['inventory', 'orders']));
      }
      expect(column(await grafana(REQUEST, 'Decisions'), 'event.action')).toEqual(['input_validation_fail']);
    });

    test('every security event once: what a chart does not split is in its rest', async () => {
      const [{ Events: events } = {}] = await picture('security events');
      expect(total(await picture('security events by action'), 'Events')).toBe(events);
    });

    test('CloudWatch has what was put aside', () => {
      const { quarantined, series } = world();
      expect(quarantined).toBe(1);
      const lines = series.filter(({ name }) => name === COLLECTOR_METRICS.quarantinedLines.name);
      expect(sumOf(lines)).toBe(quarantined);
    });

    test('CloudWatch has as many throttles and failed logins of the shop as its clients', () => {
      const { entries, series } = world();
      const shop = (name: string): number =>
        sumOf(series.filter((one) => one.name === name && Object.values(one.dimensions).join() === 'orders'));
      expect(shop(METRICS.throttles.name)).toBe(entries.filter(({ status }) => status === 429).length);
      const refused = entries.filter(({ route, status }) => route === 'POST /login' && status === 401);
      expect(shop(METRICS.failedLogins.name)).toBe(refused.length);
    });
  });

  describe('a panel that is wrong shows nothing', () => {
    test('with a misspelt value in its query', async () => {
      const asked = panelOf(TRAIL, 'Rate limit hits');
      const [target] = targetsOf(asked);
      if (target === undefined) throw new Error('expected a target');
      const wrong = { ...target, query: target.query?.replace('excess_rate', 'exces_rate') ?? '' };
      expect(wrong.query).not.toBe(target.query);
      expect(showsSomething(target, await shownRows(world(), asked, { target }))).toBe(true);
      expect(showsSomething(wrong, await shownRows(world(), asked, { target: wrong }))).toBe(false);
    });

    test('with a dimension too many in its metric', () => {
      const right: CloudWatchTarget = {
        refId: 'A',
        namespace: 'Trailgate',
        metricName: METRICS.failedLogins.name,
        dimensions: { Service: '*' },
      };
      const wrong = { ...right, dimensions: { Service: '*', Route: '*' } };
      expect(answerOf(right, world().series, {})).not.toEqual({ is: 'series', series: [] });
      expect(answerOf(wrong, world().series, {})).toEqual({ is: 'series', series: [] });
    });
  });
}

function total(rows: readonly Row[], name: string): number {
  return rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);
}

function sumOf(series: readonly MetricSeries[]): number {
  return series.flatMap(({ datapoints }) => datapoints).reduce((sum, datapoint) => sum + datapoint.sum, 0);
}

function firstTwo(rows: readonly Row[], name: string): readonly unknown[] {
  return rows
    .slice(0, 2)
    .map((row) => row[name])
    .sort();
}

/** Values that occur, once each. */
function column(rows: readonly Row[], name: string): readonly unknown[] {
  return [...new Set(rows.map((row) => row[name]))].sort();
}
