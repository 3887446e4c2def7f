import { describe, expect, test } from 'vitest';
import { loadRules, shippedRules } from '../src/rules/load-rules.ts';
import { runRuleTests } from '../src/rules/run-rule-tests.ts';

const rules = await loadRules(shippedRules());

test('credential-stuffing and noisy-client are shipped', () => {
  expect(rules.map(({ name }) => name)).toEqual(['credential-stuffing', 'noisy-client']);
});

describe.each(rules.map((rule) => ({ name: rule.name, rule })))('rule $name', ({ rule }) => {
  test.each(runRuleTests(rule))('$expect: $name', ({ expect: expected, got }) => {
    expect(got).toBe(expected);
  });
});
