import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RuleError } from '../errors.ts';
import { ruleText } from '../testing/rule-text.ts';
import { loadRules } from './load-rules.ts';
import { parseRule } from './parse-rule.ts';
import { runRuleTests } from './run-rule-tests.ts';

describe('a rule file', () => {
  test('added as text alone is a rule that runs and proves itself', () => {
    const rule = parseRule(ruleText(), 'many-refusals.yaml');
    expect(rule).toMatchObject({ name: 'many-refusals', techniques: ['T1110'], dedupMs: 60_000 });
    expect(runRuleTests(rule)).toEqual([
      { name: 'five within a minute', expect: 'hit', got: 'hit', passed: true },
      { name: 'four within a minute', expect: 'miss', got: 'miss', passed: true },
    ]);
  });

  test('whose own test is wrong is told so', () => {
    const wrong = ruleText((text) => text.replace('gte: 5', 'gte: 6'));
    expect(runRuleTests(parseRule(wrong, 'wrong.yaml')).map(({ passed }) => passed)).toEqual([false, true]);
  });

  test('as the page on adding one shows it is valid and passes its tests', async () => {
    const page = await readFile(new URL('../../docs/adding-a-rule.md', import.meta.url), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const results = runRuleTests(parseRule(example, 'adding-a-rule.md'));
    expect(results.length).toBeGreaterThanOrEqual(2);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  test.each([
    ['type: event_count', 'type: temporal', 'correlation.type', '"event_count"', '"temporal"'],
    ['gte: 5', 'gte: many', 'correlation.condition.gte', 'number', '"many"'],
    ['timespan: 1m', 'timespan: 1 minute', 'correlation.timespan', 'a duration', '"1 minute"'],
    ['timespan: 1m', 'timespan: 10ms', 'correlation.timespan', 'at least 1s', '10ms'],
    ['group-by: [principal]', 'group-by: [ip]', 'correlation.group-by.0', '"principal"', '"ip"'],
    ['condition: refused', 'condition: refusal', 'detection.condition', 'one of refused', 'refusal'],
    ['action:', 'verb:', 'detection.refused.verb', 'a field of kind', 'verb'],
    ['action:', 'action|like:', 'detection.refused.action|like', 'a modifier of equals', 'action|like'],
    ['end: 10m', 'end: 1m', 'trailgate.cap.end', 'at least the hold', '60000 ms'],
    ['floor: 0.1', 'floor: 0.6', 'trailgate.cap.floor', 'at most the rate of 0.5', '0.6'],
    ['level: low', 'level: grave', 'level', '"informational"', '"grave"'],
    ['name: many-refusals', 'name: Many', 'name', 'a name of a-z', 'Many'],
    ['expect: miss', 'expect: hit', 'tests', 'expect: miss', 'none'],
    ['dedup: 1m', 'dedup: 1m\n  quiet: 2m', 'trailgate.quiet', 'no such field', '"quiet"'],
    [
      'dedup: 1m',
      'dedup: 1m\n  evidence: { events: { gte: 2 } }',
      'trailgate.evidence.events',
      'event_count',
      'events',
    ],
  ])('with %j changed to %j is refused, naming %s', (from, to, field, expected, got) => {
    const refusal = errorOf(() =>
      parseRule(
        ruleText((text) => text.replace(from, to)),
        'my-rule.yaml',
      ),
    );
    expect(refusal).toMatchObject({ code: 'RULE_INVALID', file: 'my-rule.yaml', field });
    expect(refusal.message).toContain(`rule my-rule.yaml: ${field}: expected `);
    expect(refusal.message).toContain(expected);
    expect(refusal.message).toContain(got);
  });

  test('that is no YAML is refused', () => {
    expect(errorOf(() => parseRule('a: [', 'broken.yaml')).message).toContain(
      'rule broken.yaml: document: expected YAML',
    );
  });

  test('of a name that another has is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rules-'));
    try {
      await writeFile(join(folder, 'a.yaml'), ruleText());
      await writeFile(join(folder, 'b.yaml'), ruleText());
      await expect(loadRules(folder)).rejects.toThrow(
        'rule b.yaml: name: expected one that rule many-refusals has not',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function errorOf(run: () => unknown): RuleError {
  try {
    run();
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
