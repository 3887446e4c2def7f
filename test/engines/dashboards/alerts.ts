/** What alerts ask: each query of Grafana's rules and each search of the monitors, of an index in which there is reason for alarm. */
import { beforeAll, describe, expect, test } from 'vitest';
import { alertRulesFile } from '../../../dashboards/src/grafana/alerting/alert-groups.ts';
import { alertMonitors } from '../../../dashboards/src/monitors/alert-monitors.ts';
import type { SearchMonitor } from '../../../dashboards/src/monitors/monitor.ts';
import { loadRules, shippedRules } from '../../../detectors/src/index.ts';
import type { AttackedIndex } from './attacked-index.ts';
import { expectAnswer, type Target } from './grafana-panels.ts';
import { bucketKeys, search } from './search.ts';

const RULES = alertRulesFile().groups.flatMap(
  ({ rules }) => JSON.parse(JSON.stringify(rules)) as typeof rules,
);

export function askAlerts(world: () => AttackedIndex): void {
  describe('alerts', () => {
    test.each(RULES.map((rule) => [rule.title, rule] as const))('Grafana’s rule “%s”', async (_, rule) => {
      const panel = { type: 'alert', title: rule.title, targets: rule.data.map(({ model }) => model) };
      const asked = { dashboard: 'alerts', variables: [], panel };
      const targets = panel.targets as unknown as readonly Target[];
      for (const target of targets) await expectAnswer(world(), asked, target);
    });
  });

  describe('monitors', () => {
    let fired: ReadonlyMap<string, string>;
    beforeAll(async () => {
      const monitors = alertMonitors(await loadRules(shippedRules()), { channelIds: ['c'] });
      const searching = monitors.filter(
        (one): one is SearchMonitor => one.monitor_type !== 'doc_level_monitor',
      );
      const run = await Promise.all(
        searching.map(async (one) => [one.name, await groups(world(), one)] as const),
      );
      fired = new Map(run.filter(([, found]) => found !== ''));
    });

    test('of what happened, fire', () => {
      const names = [...fired.keys()].join('; ');
      for (const part of ['new finding', 'rule credential-stuffing', 'rights changed', 'records missing']) {
        expect(names).toContain(part);
      }
    });

    test('name who attacked', () => {
      const [, groupsOfRule] = [...fired].find(([name]) => name.includes('rule credential-stuffing')) ?? [];
      expect(groupsOfRule).toContain(world().stuffing);
    });
  });
}

/** The buckets for which a monitor’s trigger holds at the end of the attack, as text; empty for none. */
async function groups({ desk, range }: AttackedIndex, monitor: SearchMonitor): Promise<string> {
  const [{ search: input }] = monitor.inputs;
  const [trigger] = monitor.triggers;
  const query = JSON.parse(JSON.stringify(input.query).replaceAll('{{period_end}}', String(range.to)));
  if ('query_level_trigger' in trigger) {
    const results = [await search(desk, input.indices.join(), query)];
    const source = trigger.query_level_trigger.condition.script.source.replaceAll('ctx.', 'params.ctx.');
    const script = { lang: 'painless', source: `return ${source};`, params: { ctx: { results } } };
    const { result } = (await desk.post('/_scripts/painless/_execute', { script })) as {
      readonly result: string;
    };
    return result === 'true' ? 'all' : '';
  }
  const { buckets_path, parent_bucket_path, script } = trigger.bucket_level_trigger.condition;
  const parent = query.aggregations[parent_bucket_path];
  // The plugin selects from outside the aggregation; the engine's own selector does the same from inside.
  parent.aggregations = { ...parent.aggregations, fires: { bucket_selector: { buckets_path, script } } };
  const { aggregations } = await search(desk, input.indices.join(), query);
  return bucketKeys(aggregations?.[parent_bucket_path])
    .map((key) => JSON.stringify(key))
    .join();
}
