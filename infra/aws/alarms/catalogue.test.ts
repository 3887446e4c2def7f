import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  COLLECTOR_METRICS,
  DETECTOR_METRICS,
  METRIC_NAMESPACE,
  METRICS,
  PIPELINE_NAMESPACE,
} from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { PANEL_ROWS } from '../dashboard/panels.ts';
import { alarmDescription } from './alarm-description.ts';
import type { MetricSource } from './alarm-kind.ts';
import { alarmsPage } from './alarm-page.ts';
import { ALARMS } from './catalogue.ts';
import { AWS_METRICS } from './testing/aws-metrics.ts';

const namesOf = (metrics: Readonly<Record<string, { readonly name: string }>>): readonly string[] =>
  Object.values(metrics).map(({ name }) => name);

/** What our own functions say, and by which dimension. */
const OWN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  [PIPELINE_NAMESPACE]: Object.fromEntries(
    [
      ...namesOf(COLLECTOR_METRICS),
      ...namesOf(DETECTOR_METRICS),
      ...Object.values(CHANNEL_PREFIXES).flatMap((prefix) =>
        namesOf(CHANNEL_METRICS).map((name) => `${prefix}${name}`),
      ),
    ].map((name) => [name, ['Function']]),
  ),
  [METRIC_NAMESPACE]: Object.fromEntries(namesOf(METRICS).map((name) => [name, ['Service']])),
};

function published({ namespace, name }: Pick<MetricSource, 'namespace' | 'name'>): readonly string[] {
  return (OWN[namespace] ?? AWS_METRICS[namespace]?.metrics)?.[name] ?? [];
}

describe('the catalogue', () => {
  test.each(ALARMS)('$id is on a metric that is published under these dimensions', ({ metric }) => {
    expect(published(metric)).toContain([...metric.dimensions].sort().join(','));
  });

  test('the dashboard shows metrics that are published under these dimensions', () => {
    const panels = PANEL_ROWS.flatMap((row) => row.panels);
    const shown = [
      ...panels.flatMap(({ lines }) => lines.map(({ metric }) => metric)),
      ...panels.flatMap(({ searches = [] }) => searches),
    ];
    expect(shown.length).toBeGreaterThan(40);
    for (const metric of shown) {
      expect(published(metric), `${metric.namespace} ${metric.name}`).toContain(
        [...metric.dimensions].sort().join(','),
      );
    }
  });

  test.each([
    ['records wait too long', ['collector-late', 'detector-late', 'collector-expiring', 'detector-expiring']],
    [
      'the subscription does not deliver',
      ['delivery-errors', 'delivery-throttled', 'account-delivery-errors'],
    ],
    ['objects on failure', ['collector-set-aside', 'detector-set-aside', 'failures-waiting']],
    ['dropped, or not even kept', ['collector-dropped', 'detector-dropped', 'collector-not-set-aside']],
    ['quarantine', ['collector-quarantined', 'collector-unreadable', 'trail-index-rejected']],
    ['throttles', ['collector-throttles', 'detector-throttles', 'log-stream-writes-throttled']],
    ['index health', ['domain-red', 'domain-storage', 'domain-writes-blocked', 'collection-server-errors']],
    ['snapshot age', ['detector-snapshot-age', 'detector-snapshots-unreadable']],
    ['completeness', ['records-missing']],
    ['silence', ['ticker-silent', 'detector-silent', 'collector-silent']],
  ])('%s: there are alarms', (_, ids) => {
    expect(ALARMS.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  test('each alarm has an id of its own, a period that CloudWatch takes, and a text that fits', () => {
    expect(new Set(ALARMS.map(({ id }) => id)).size).toBe(ALARMS.length);
    for (const kind of ALARMS) {
      expect(kind.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(kind.period % 60, kind.id).toBe(0);
      expect(kind.period * kind.periods[1], kind.id).toBeLessThanOrEqual(86_400);
      expect(kind.periods[0], kind.id).toBeLessThanOrEqual(kind.periods[1]);
      expect(alarmDescription(kind, 'x'.repeat(200)).length, kind.id).toBeLessThanOrEqual(1_024);
    }
    // What the rule of one composite alarm may name.
    expect(ALARMS.filter(({ losesData }) => losesData).length).toBeLessThanOrEqual(100);
  });

  test('only what must never be silent counts silence as a breach', () => {
    const breaching = ALARMS.filter(({ missing }) => missing === 'breaching').map(({ id }) => id);
    expect(breaching.sort()).toEqual([
      'collector-silent',
      'detector-silent',
      'detector-snapshot-age',
      'ticker-silent',
    ]);
  });

  test('docs/alarms.md is what the catalogue says (write it anew with `vitest -u`)', async () => {
    await expect(alarmsPage()).toMatchFileSnapshot('../../docs/alarms.md');
  });
});
