import { FIELDS } from '@trailgate/collectors/schema';
import { describe, expect, test } from 'vitest';
import { alertMonitors } from './alert-monitors.ts';
import type { MonitorAction } from './monitor.ts';

const monitors = alertMonitors({
  channelIds: ['trailgate-alerts'],
  dashboardsUrl: 'https://d.example/_dashboards',
});
const triggers = monitors.map(({ triggers: [trigger] }) =>
  'query_level_trigger' in trigger ? trigger.query_level_trigger : trigger.bucket_level_trigger,
);
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

describe('the alert monitors', () => {
  test('are known by names and ids of their own', () => {
    expect(new Set(monitors.map(({ name }) => name)).size).toBe(monitors.length);
    expect(new Set(triggers.map(({ id }) => id)).size).toBe(monitors.length);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    for (const { name } of monitors) expect(name).toMatch(/^Trailgate: \S/);
  });

  test('ask only for fields that the trail index has', () => {
    const indexed = new Set<string>([...FIELDS.trail.map(({ name }) => name), '_index']);
    const asked = new Set(monitors.flatMap(({ inputs }) => fieldsIn(inputs[0].search.query)));
    expect(asked).toContain('event.action');
    expect(asked).toContain('source.ip');
    expect([...asked].filter((field) => !indexed.has(field))).toEqual([]);
  });

  test('tell a person what happened and what to do, within what SNS and the plugin take', () => {
    expect(actions).toHaveLength(monitors.length);
    for (const { subject_template, message_template, throttle } of actions) {
      expect(subject_template.source).toMatch(/^Trailgate: [\x20-\x7e]{1,88}$/);
      expect(message_template.source.split('\n').length).toBeGreaterThan(3);
      expect(message_template.source).toContain(
        'https://d.example/_dashboards/app/discover#/view/trailgate-search-',
      );
      // The plugin's own maximum is a day.
      expect(throttle.value).toBeLessThanOrEqual(1_440);
    }
  });

  test('tell an alert for a group once: the messages of a run name the groups, or what was found', () => {
    for (const {
      triggers: [trigger],
    } of monitors) {
      for (const action of 'bucket_level_trigger' in trigger ? trigger.bucket_level_trigger.actions : []) {
        expect(action.message_template.source).toContain(
          '{{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}',
        );
        expect(action.action_execution_policy?.action_execution_scope.per_alert.actionable_alerts).toEqual([
          'NEW',
        ]);
      }
    }
  });

  test('go to every channel, and to none where there is none', () => {
    const two = alertMonitors({ channelIds: ['a', 'b'] });
    expect(JSON.stringify(two)).toContain('"destination_id":"b"');
    expect(JSON.stringify(alertMonitors({ channelIds: [] }))).toContain('"actions":[]');
  });

  test('take other thresholds into their conditions, and refuse what is none', () => {
    const own = alertMonitors({ channelIds: [], thresholds: { failedLoginsPerUser: 3 } });
    expect(JSON.stringify(own)).toContain('params.attempts >= 3');
    for (const failedLoginsPerUser of [0, 1.5, Number.NaN, '3; return true' as unknown as number]) {
      expect(() => alertMonitors({ channelIds: [], thresholds: { failedLoginsPerUser } })).toThrow(
        /^thresholds\.failedLoginsPerUser: expected a whole number/,
      );
    }
  });
});
