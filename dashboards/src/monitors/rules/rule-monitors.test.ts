import { loadRules, parseRule, type Rule, shippedRules } from '@trailgate/detectors/rules';
import { describe, expect, test } from 'vitest';
import type { MonitorDefinition } from '../monitor.ts';
import { type RuleMonitor, ruleMonitors } from './rule-monitors.ts';
import { UnsayableError } from './selection-clause.ts';

const SHIPPED = await loadRules(shippedRules());

interface Draft {
  readonly detection: string;
  readonly correlation?: string;
  readonly evidence?: string;
  readonly title?: string;
}

const EVENT_COUNT = '{ type: event_count, group-by: [principal], timespan: 5m, condition: { gte: 7 } }';

function rule({ detection, correlation = EVENT_COUNT, evidence, title = 'A title' }: Draft): Rule {
  const text = `title: ${JSON.stringify(title)}
id: 0b6b0c64-3a8f-4a53-8f0d-7d1f0e4f2c9b
name: some-rule
description: Something happened.
level: critical
status: test
tags: []
detection:
${detection.replace(/^/gm, '  ')}
correlation: ${correlation}
trailgate: { dedup: 90s${evidence === undefined ? '' : `, evidence: ${evidence}`} }
tests:
  - { name: a, expect: hit, signals: [{ send: [{}] }] }
  - { name: b, expect: miss, signals: [{ send: [{}] }] }
`;
  return parseRule(text, 'some-rule.yaml');
}

function made(draft: Draft): RuleMonitor {
  const [one] = ruleMonitors([rule(draft)], { channelIds: ['c'] });
  if (one === undefined) throw new TypeError('expected a monitor');
  return one;
}

function bucketLevel({ monitor }: RuleMonitor) {
  const definition: MonitorDefinition | undefined = monitor?.definition;
  if (definition?.monitor_type !== 'bucket_level_monitor') throw new TypeError('expected one of groups');
  const [trigger] = definition.triggers;
  if (!('bucket_level_trigger' in trigger)) throw new TypeError('expected a trigger of groups');
  return { query: definition.inputs[0].search.query, trigger: trigger.bucket_level_trigger };
}

/** The clauses of the rule alone: time and kind of document stand before them. */
const clausesOf = (draft: Draft): readonly object[] =>
  bucketLevel(made(draft)).query.query.bool.filter.slice(2);

describe('a rule of the detectors as a monitor', () => {
  test('counts what a folded record stands for, by tenant and principal, within its timespan', () => {
    const { query, trigger } = bucketLevel(made({ detection: 'a: { action: authz_fail }\ncondition: a' }));
    expect(query.query.bool.filter[0]).toMatchObject({
      range: { '@timestamp': { gte: '{{period_end}}||-300s' } },
    });
    expect(query.query.bool.must_not).toEqual([
      { terms: { 'event.action': ['excess_rate_limit_exceeded'] } },
    ]);
    expect(query.aggregations).toMatchObject({
      groups: {
        composite: {
          sources: [
            { tenant: { terms: { field: 'tenant', missing_bucket: true } } },
            { principal: { terms: { field: 'principal', missing_bucket: true } } },
          ],
        },
        aggregations: { attempts: { sum: { field: 'count', missing: 1 } } },
      },
    });
    expect(trigger.condition.script.source).toBe('params.attempts >= 7');
    expect(trigger.severity).toBe('1');
    expect(trigger.actions[0]?.throttle.value).toBe(2);
  });

  test('counts distinct values and their least number of events', () => {
    const correlation =
      '{ type: value_count, group-by: [principal], timespan: 1h, condition: { field: ip, gte: 3 } }';
    const evidence = '{ events: { gte: 9 } }';
    const { query, trigger } = bucketLevel(
      made({ detection: 'a: { action: authz_fail }\ncondition: a', correlation, evidence }),
    );
    expect(query.aggregations).toMatchObject({
      groups: { aggregations: { values: { cardinality: { field: 'source.ip' } } } },
    });
    expect(trigger.condition.script.source).toBe('params.values >= 3 && params.attempts >= 9');
  });

  test('says selections, modifiers, lists and the condition as a query', () => {
    expect(clausesOf({ detection: 'a: { action: [authz_fail, authz_change] }\ncondition: a' })).toEqual([
      {
        bool: {
          should: [{ term: { 'event.action': 'authz_fail' } }, { term: { 'event.action': 'authz_change' } }],
          minimum_should_match: 1,
        },
      },
    ]);
    const detection = `a: { kind: trail, route|startswith: "GET /or", reason|endswith: "5*" }
b: { user|contains: "a?b" }
c: { ip: "203.0.113.7" }
condition: a and not (b or c)`;
    expect(clausesOf({ detection })).toEqual([
      {
        bool: {
          filter: [
            {
              bool: {
                filter: [
                  { prefix: { route: 'GET /or' } },
                  { wildcard: { 'event.reason': { value: '*5\\*' } } },
                ],
              },
            },
            {
              bool: {
                must_not: [
                  {
                    bool: {
                      should: [
                        { wildcard: { 'user.id': { value: '*a\\?b*' } } },
                        { term: { 'source.ip': '203.0.113.7' } },
                      ],
                      minimum_should_match: 1,
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    ]);
  });

  test('finds records that name no principal by the dash that signals have for them', () => {
    expect(clausesOf({ detection: 'a: { principal: "-" }\ncondition: a' })).toEqual([
      {
        bool: {
          should: [
            { term: { principal: '-' } },
            { bool: { must_not: [{ exists: { field: 'principal' } }] } },
          ],
          minimum_should_match: 1,
        },
      },
    ]);
  });

  test('is none where the rule counts requests, or compares what an index cannot', () => {
    expect(made({ detection: 'a: { kind: usage }\ncondition: a' })).toMatchObject({
      monitor: undefined,
      losses: [{ loss: 'usage', says: expect.stringContaining('which no index has') }],
    });
    expect(made({ detection: 'a: { ip|startswith: "10." }\ncondition: a' })).toMatchObject({
      monitor: undefined,
      losses: [{ loss: 'comparison', says: 'an address by its startswith' }],
    });
    expect(new UnsayableError('x').code).toBe('UNSAYABLE');
  });

  test('names what it does not say', () => {
    const losses = ({ losses }: RuleMonitor): readonly string[] => losses.map(({ loss }) => loss);
    const short = '{ type: event_count, group-by: [principal], timespan: 10s, condition: { gte: 7 } }';
    expect(losses(made({ detection: 'a: { kind: trail }\ncondition: a', correlation: short }))).toEqual([
      'window',
    ]);
    expect(losses(made({ detection: 'a: { tenant: acme }\ncondition: a' }))).toEqual(['usage']);
    const shipped = new Map(ruleMonitors(SHIPPED, { channelIds: [] }).map((one) => [one.rule.name, one]));
    expect(shipped.get('credential-stuffing')?.losses.map(({ loss }) => loss)).toEqual([
      'per-value',
      'exoneration',
    ]);
    expect(shipped.get('noisy-client')?.monitor).toBeUndefined();
  });

  test('puts a rule’s text into messages as text', () => {
    const { trigger } = bucketLevel(
      made({ detection: 'a: { action: authz_fail }\ncondition: a', title: 'Übel {{ctx}}\nx' }),
    );
    expect(trigger.actions[0]?.subject_template.source).toBe('Trailgate: bel (ctx) x');
  });
});
