import { FIELDS } from '@trailgate/collectors/schema';
import { loadRules, shippedRules } from '@trailgate/detectors/rules';
import { describe, expect, test } from 'vitest';
import { SEARCH_IDS } from '../opensearch/saved-object-ids.ts';
import { alertMonitors, describedMonitors } from './alert-monitors.ts';
import type { MonitorAction, MonitorDefinition } from './monitor.ts';

const rules = await loadRules(shippedRules());
const monitors = alertMonitors(rules, {
  channelIds: ['trailgate-alerts'],
  dashboardsUrl: 'https://d.example/_dashboards',
});

interface AnyTrigger {
  readonly id: string;
  readonly actions: readonly MonitorAction[];
}
const triggersOf = ({ triggers }: MonitorDefinition): readonly AnyTrigger[] =>
  triggers.flatMap((trigger) => Object.values(trigger) as AnyTrigger[]);
const triggers = monitors.flatMap(triggersOf);
const actions: readonly MonitorAction[] = triggers.flatMap((trigger) => trigger.actions);

/** Keys of clauses and values of `field`, wherever they stand. */
function fieldsIn(value: unknown, key = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (name === 'field') return [String(item)];
    if (
      ['term', 'terms', 'range', 'sort'].includes(key) &&
      typeof item !== 'number' &&
      name !== 'missing_bucket'
    )
      return [name, ...fieldsIn(item, name)];
    return fieldsIn(item, name);
  });
}

function askedIn(monitor: MonitorDefinition): readonly string[] {
  if (monitor.monitor_type !== 'doc_level_monitor') return fieldsIn(monitor.inputs[0].search.query);
  const { queries } = monitor.inputs[0].doc_level_input;
  return queries.flatMap(({ query }) =>
    [...query.matchAll(/([\w.]+):\(/g)].map(([, field]) => String(field)),
  );
}

describe('the alert monitors', () => {
  test('are known by names and ids of their own', () => {
    expect(new Set(monitors.map(({ name }) => name)).size).toBe(monitors.length);
    expect(new Set(triggers.map(({ id }) => id)).size).toBe(triggers.length);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    for (const { name } of monitors) expect(name).toMatch(/^Trailgate: \S/);
  });

  test('ask only for fields that the trail index has', () => {
    const indexed = new Set<string>([...FIELDS.trail.map(({ name }) => name), '_index']);
    const asked = new Set(monitors.flatMap(askedIn));
    for (const field of ['event.action', 'principal', 'event.outcome']) expect(asked).toContain(field);
    expect([...asked].filter((field) => !indexed.has(field))).toEqual([]);
  });

  test('tell a person what happened and what to do, within what SNS and the plugin take', () => {
    expect(actions).toHaveLength(triggers.length);
    for (const { subject_template, message_template, throttle } of actions) {
      expect(subject_template.source).toMatch(/^Trailgate: [\x20-\x7e]{1,88}$/);
      expect(message_template.source.split('\n').length).toBeGreaterThan(3);
      expect(message_template.source).toContain(
        'https://d.example/_dashboards/app/discover#/view/trailgate-search-',
      );
      // The plugin's own maximum is a day.
      expect(throttle.value).toBeLessThanOrEqual(1_440);
    }
    for (const { alerts } of describedMonitors(rules, { channelIds: ['c'] })) {
      for (const { search } of alerts) expect(Object.values(SEARCH_IDS)).toContain(search);
    }
  });

  test('tell an alert for a group once, and all documents of a run in one message', () => {
    for (const monitor of monitors) {
      for (const action of triggersOf(monitor).flatMap((trigger) => trigger.actions)) {
        const scope = action.action_execution_policy?.action_execution_scope;
        const message = action.message_template.source;
        switch (monitor.monitor_type) {
          case 'bucket_level_monitor':
            expect(message).toContain('{{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}');
            expect(scope).toEqual({ per_alert: { actionable_alerts: ['NEW'] } });
            break;
          case 'doc_level_monitor':
            expect(message).toContain('{{#sample_documents}}');
            expect(scope).toEqual({ per_execution: {} });
            break;
          case 'query_level_monitor':
            expect(scope).toBeUndefined();
        }
      }
    }
  });

  test('of documents ask an alias by names that the plugin takes, and have a trigger for each', () => {
    const [monitor] = monitors.filter(({ monitor_type }) => monitor_type === 'doc_level_monitor');
    if (monitor?.monitor_type !== 'doc_level_monitor') throw new TypeError('expected a monitor of documents');
    const { indices, queries } = monitor.inputs[0].doc_level_input;
    expect(indices).toEqual(['trail']);
    const expressions = monitor.triggers.map(
      ({ document_level_trigger: { condition } }) => condition.script.source,
    );
    for (const { id, name, tags } of queries) {
      for (const word of [id, name, ...tags]) expect(word).toMatch(/^[a-z-]+$/);
      const known = [`query[name=${name}]`, ...tags.map((tag) => `query[tag=${tag}]`)];
      expect(known.some((part) => expressions.some((text) => text.includes(part)))).toBe(true);
    }
  });

  test('go to every channel, and to none where there is none', () => {
    const two = alertMonitors(rules, { channelIds: ['a', 'b'] });
    expect(JSON.stringify(two)).toContain('"destination_id":"b"');
    expect(JSON.stringify(alertMonitors(rules, { channelIds: [] }))).toContain('"actions":[]');
  });

  test('take other thresholds into their conditions, and refuse what is none', () => {
    const own = alertMonitors(rules, { channelIds: [], thresholds: { failedLoginsPerUser: 3 } });
    expect(JSON.stringify(own)).toContain('params.attempts >= 3');
    for (const failedLoginsPerUser of [0, 1.5, Number.NaN, '3; return true' as unknown as number]) {
      expect(() => alertMonitors(rules, { channelIds: [], thresholds: { failedLoginsPerUser } })).toThrow(
        /^thresholds\.failedLoginsPerUser: expected a whole number/,
      );
    }
  });
});
