import { FIELDS } from '@trailgate/collectors/schema';
import { loadRules, parseRule, shippedRules } from '@trailgate/detectors/rules';
import { describe, expect, test } from 'vitest';
import { LOG_TYPE, securityAnalytics } from './security-analytics.ts';
import { sigmaText } from './sigma-document.ts';
import { sigmaRule } from './sigma-rule.ts';

const rules = await loadRules(shippedRules());
const analytics = securityAnalytics(rules, { channelIds: ['a', 'b'] });

function sigmaOf(detection: string, correlation = 'type: event_count, condition: { gte: 5 }, timespan: 90s') {
  const text = `title: "A: b > c"
id: 0b6b0c64-3a8f-4a53-8f0d-7d1f0e4f2c9b
name: some-rule
description: d
level: low
status: test
tags: []
detection:
${detection.replace(/^/gm, '  ')}
correlation: { ${correlation}, group-by: [principal] }
trailgate: { dedup: 5m }
tests:
  - { name: a, expect: hit, signals: [{ send: [{}] }] }
  - { name: b, expect: miss, signals: [{ send: [{}] }] }
`;
  return sigmaRule(parseRule(text, 'some-rule.yaml'), LOG_TYPE);
}

describe('Security Analytics', () => {
  test('is given names that it takes, and a rule for each that it can say', () => {
    expect(analytics.logType.name).toMatch(/^[a-z0-9_-]{2,50}$/);
    expect(analytics.logType.description).toMatch(/^[\w.,\- ]{1,50}$/);
    expect(analytics.detector.name).toMatch(/^[\w -]{5,50}$/);
    expect(analytics.rules.map(({ title }) => title)).toContain('Credential stuffing from one source');
    for (const { title } of analytics.rules) expect(title).toMatch(/^[^_+\-"*\\/|?#><,:][^"*\\/|?#><,:]*$/);
  });

  test('maps only fields that the index has under both names, so that nothing is missing on the next day', () => {
    for (const [name, path] of Object.entries(analytics.fieldMappings)) {
      expect(FIELDS.trail).toContainEqual({ name, type: 'alias', path });
    }
  });

  test('tells every channel, once a level of what it has', () => {
    const { triggers } = analytics.detector;
    expect(new Set(triggers.flatMap(({ sev_levels }) => sev_levels)).size).toBe(triggers.length);
    const trigger = triggers.find(({ sev_levels }) => sev_levels.includes('high'));
    expect(trigger).toMatchObject({ severity: '2', types: ['trailgate'], ids: [], tags: [] });
    expect(trigger?.actions.map(({ destination_id }) => destination_id)).toEqual(['a', 'b']);
    expect(analytics.detector.inputs[0].detector_input.indices).toEqual(['trail']);
  });
});

describe('a Sigma rule', () => {
  test('has the fields without which the plugin throws, and says what it loses', () => {
    const { sigma, losses } = sigmaOf('a: { action: authz_fail }\ncondition: a');
    if (sigma === undefined) throw new TypeError('expected a rule');
    const text = sigmaText(sigma);
    for (const key of [
      'title',
      'id',
      'description',
      'author',
      'date',
      'status',
      'level',
      'logsource',
      'tags',
    ]) {
      expect(text).toMatch(new RegExp(`^${key}:`, 'm'));
    }
    expect(sigma.title).toBe('A b c');
    expect(sigma.falsepositives).toHaveLength(losses.length);
    expect(losses.join()).toContain('a principal of the same name in two tenants');
  });

  test('says selections, modifiers and the condition in its own words, and counts from one below', () => {
    const detection = `a: { kind: trail, action: [authz_fail, authz_change], reason|contains: "x*y" }
b: { kind: usage, tenant: acme }
not-c: { user|startswith: svc- }
condition: (a or b) and not not-c`;
    expect(sigmaOf(detection).sigma?.detection).toEqual({
      selections: {
        event: { 'event.kind': 'event' },
        limiter: { 'event.action': 'excess_rate_limit_exceeded' },
        on_a: { 'event.action': ['authz_fail', 'authz_change'], 'event.reason|contains': 'x\\*y' },
        on_not_c: { 'user.id|startswith': 'svc-' },
      },
      timeframe: '90s',
      condition: 'event and not limiter and ((on_a) and (not (on_not_c))) | count(*) by principal > 4',
    });
  });

  test('that counts values counts documents, and owns to it', () => {
    const { sigma, losses } = sigmaOf(
      'a: { kind: trail }\ncondition: a',
      'type: value_count, condition: { field: user, gte: 5 }, timespan: 2h',
    );
    expect(sigma?.detection.condition).toBe('event and not limiter | count(*) by principal > 4');
    expect(sigma?.detection.timeframe).toBe('2h');
    expect(losses[0]).toContain('that the values of user differ');
  });

  test.each([
    ['a: { kind: usage }\ncondition: a', 'requests, which no index has'],
    ['a: { principal: "-" }\ncondition: a', 'documents without a principal'],
    ['a: { route|contains: "GET /x" }\ncondition: a', 'a part of route with a space'],
    ['a: { ip|startswith: "10." }\ncondition: a', 'an address by its startswith'],
  ])('is none for %s', (detection, reason) => {
    expect(sigmaOf(detection)).toMatchObject({ sigma: undefined, losses: [expect.stringContaining(reason)] });
  });
});
