import { loadRules, parseRule, type Rule, shippedRules } from '@trailgate/detectors';
import { describe, expect, test } from 'vitest';
import { ruleRow } from './rule-row.ts';

const shipped = await loadRules(shippedRules());

function ruleNamed(name: string): Rule {
  const rule = shipped.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule;
}

describe('ruleRow', () => {
  test('says how much is too much, in the rule’s own figures', () => {
    const { condition } = ruleRow(ruleNamed('credential-stuffing'));
    expect(condition).toBe(
      '25 or more events with 15 or more different values of user within 15 min, by principal, where kind is trail and action is authn_login_fail, at least 80 % of these values with at most 2 events each, and at least 80 % of all values without an event where kind is trail and action is authn_login_success.',
    );
    expect(ruleRow(ruleNamed('noisy-client')).condition).toBe(
      '200 or more events within 10 s, by principal, where kind is usage and not (principal starts with user:service:).',
    );
  });

  test('says the cap, with the times that hold on this stack', () => {
    expect(ruleRow(ruleNamed('noisy-client')).cap).toContain('on all routes, held for 5 min');
    expect(ruleRow(ruleNamed('noisy-client'), 1 / 12).cap).toBe(
      '0.2 requests/s (1 at once) on all routes, held for 25 s, back to full service after 40 s. Each further strike halves the rate, to no less than 0.05/s, and doubles the time.',
    );
  });

  test('counts the rule’s own tests', () => {
    for (const rule of shipped) expect(ruleRow(rule).tests).toBe(rule.tests.length);
    expect(ruleRow(ruleNamed('credential-stuffing')).techniques).toEqual(['T1110.004']);
  });

  test('alternatives inside a conjunction are told apart', () => {
    const rule = ruleOf('(one or two) and not three');
    expect(ruleRow(rule).condition).toContain(
      'where (kind is trail or action contains a or b) and not (route ends with /x).',
    );
  });

  test('a rule that caps nobody has no sentence about a cap, and hostile text is made visible', () => {
    const rule = { ...ruleOf('one'), title: 'a\u202eb' };
    expect(ruleRow(rule)).toMatchObject({ cap: null, title: 'a\ufffdb' });
  });
});

function ruleOf(condition: string): Rule {
  return parseRule(
    `
title: Something
id: 11111111-2222-4333-8444-555555555555
name: something
description: Something happened.
level: low
status: test
tags: []
detection:
  one: { kind: trail }
  two:
    action|contains: [a, b]
  three:
    route|endswith: /x
  condition: ${condition}
correlation:
  type: event_count
  group-by: [principal]
  timespan: 1m
  condition: { gte: 3 }
trailgate:
  dedup: 5m
tests:
  - name: three events
    expect: hit
    signals:
      - { repeat: 3, every: 1s, send: [{ action: ab }] }
  - name: two events
    expect: miss
    signals:
      - { repeat: 2, every: 1s, send: [{ action: ab }] }
`,
    'something.yaml',
  );
}
