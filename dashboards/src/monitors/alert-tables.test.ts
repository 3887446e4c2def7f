import { readFileSync } from 'node:fs';
import { loadRules, shippedRules } from '@trailgate/detectors/rules';
import { expect, test } from 'vitest';
import { alertFiles } from './alert-files.ts';
import { withAlertTables } from './alert-tables.ts';

const rules = await loadRules(shippedRules());

test('the page of alerts says what is installed; `npm run build -w dashboards` writes its tables', () => {
  const page = readFileSync(new URL('../../docs/alerts.md', import.meta.url), 'utf8');
  expect(withAlertTables(page, rules)).toBe(page);
});

test('every rule is on the page, with a monitor or a reason', () => {
  const marks = ['monitors', 'rules', 'sigma'].map((name) => `<!-- ${name} --><!-- end of ${name} -->`);
  const page = withAlertTables(marks.join('\n'), rules);
  expect(page).toContain('| credential-stuffing | Trailgate: rule credential-stuffing | that at least 80 %');
  expect(page).toContain('| noisy-client | none | all that it counts');
  expect(page).toContain('count(*) by principal > 24 within 15m');
});

test('files for people who apply by hand are named by what is in them', () => {
  const files = alertFiles(rules, { channelIds: ['trailgate-alerts'] });
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'monitors/rule-credential-stuffing.json',
      'monitors/single-events-that-need-a-person-at-once.json',
      'security-analytics/rules/credential-stuffing-from-one-source.yaml',
      'security-analytics/detector.json',
    ]),
  );
  for (const [path, content] of files) if (path.endsWith('.json')) JSON.parse(content);
});
