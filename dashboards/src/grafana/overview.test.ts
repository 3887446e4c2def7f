import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { FIELDS } from '@trailgate/collectors/schema';
import { METRIC_NAMESPACE, METRICS } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { overviewDashboard } from './overview.ts';

type Json = Readonly<Record<string, unknown>>;

/** As Grafana reads it: from the file. */
const dashboard = JSON.parse(JSON.stringify(overviewDashboard())) as Dashboard;
const panels = (dashboard.panels ?? []).filter((panel): panel is Panel => !isRow(panel));
const targets = panels.flatMap((panel) => (panel.targets ?? []) as unknown as Json[]);

function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === 'row';
}

describe('the overview dashboard', () => {
  test('has a stable uid, is not editable, and shows what it says', () => {
    expect(dashboard).toMatchObject({ uid: 'trailgate-overview', editable: false });
    expect(panels.map((panel) => panel.title)).toEqual([
      'Requests',
      'Errors',
      'Latency',
      'Cold starts',
      'Failed logins',
      'Findings',
      'Security trail',
    ]);
  });

  test('every panel and target takes its data source from a variable of the dashboard', () => {
    const variables = (dashboard.templating.list ?? []).map(({ name, type, query }) => ({
      name,
      type,
      query,
    }));
    expect(variables.every(({ type }) => type === 'datasource')).toBe(true);
    const known = variables.map(({ name, query }) => ({ type: query, uid: `\${${name}}` }));
    for (const { datasource } of [...panels, ...targets]) expect(known).toContainEqual(datasource);
    for (const source of known) expect(panels.map(({ datasource }) => datasource)).toContainEqual(source);
  });

  test('every panel has an id of its own, a title, a description and a query', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const panel of panels) {
      expect(panel.title).toMatch(/\S/);
      expect(panel.description).toMatch(/\.$/);
      const refIds = (panel.targets ?? []).map((target) => (target as unknown as Json).refId);
      expect(refIds.length).toBeGreaterThan(0);
      expect(new Set(refIds).size).toBe(refIds.length);
    }
  });

  test('every chart has a unit', () => {
    const charts = panels.filter(({ type }) => type === 'timeseries');
    expect(charts.map(({ fieldConfig }) => fieldConfig?.defaults.unit)).toEqual([
      'short',
      'short',
      'ms',
      'short',
      'short',
    ]);
  });

  test('no panel covers another or reaches beyond the grid', () => {
    const taken = new Set<string>();
    for (const { gridPos, title } of panels) {
      const { x, y, w, h } = gridPos ?? { x: -1, y: 0, w: 0, h: 0 };
      expect(w * h).toBeGreaterThan(0);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + w).toBeLessThanOrEqual(24);
      for (let cell = 0; cell < w * h; cell += 1) {
        const place = `${x + (cell % w)},${y + Math.floor(cell / w)}`;
        expect(taken, `${title} at ${place}`).not.toContain(place);
        taken.add(place);
      }
    }
  });

  test('every metric named is one that Trailgate publishes, with its dimension', () => {
    const published: readonly unknown[] = Object.values(METRICS).map(({ name }) => name);
    const metrics = targets.filter((target) => 'metricName' in target);
    expect(metrics).toHaveLength(6);
    for (const target of metrics) {
      expect(published).toContain(target.metricName);
      expect(target).toMatchObject({
        namespace: METRIC_NAMESPACE,
        dimensions: { Service: '*' },
        matchExact: true,
      });
    }
  });

  test('every field named is one that the trail index has', () => {
    const indexed = FIELDS.trail.map(({ name }) => name);
    const queried = targets.flatMap(({ query }) =>
      typeof query === 'string' ? [...query.matchAll(/([@\w.]+):"/g)].map(([, field]) => field) : [],
    );
    const columns = panels.flatMap(({ transformations }) =>
      (transformations ?? []).flatMap(({ options }) =>
        Object.keys((options as { renameByName: Json }).renameByName),
      ),
    );
    expect(queried).toHaveLength(2);
    expect(columns.length).toBeGreaterThan(10);
    for (const field of [...queried, ...columns]) expect(indexed).toContain(field);
  });
});
