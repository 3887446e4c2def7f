import { FIELDS } from '@trailgate/collectors/schema';
import { METRIC_NAMESPACE, METRICS } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { DASHBOARD_TITLES } from '../dashboard-titles.ts';
import { DATA_SOURCES, type SourceName } from './data-sources.ts';
import { grafanaDashboards } from './grafana-dashboards.ts';
import { fieldsOfPanel, fieldsOfQuery, readDashboard, variablesIn } from './testing/dashboard-reading.ts';
import { askedMetric, PUBLISHED_METRICS } from './testing/published-metrics.ts';

const dashboards = grafanaDashboards().map(readDashboard);

/** Objects within the documents of findings, which the plugin makes columns of. */
const WITHIN_OBJECTS = /^(cap|evidence)\.\w+$/;
const UNITS = new Set(['short', 'percentunit', 'ms', 'ns', 'bytes', 'mbytes', 'currencyUSD']);
const CHARTS = ['timeseries', 'stat', 'geomap'];

test('the five dashboards are there, known by uids that links carry', () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual([
    'trailgate-overview',
    'trailgate-trail',
    'trailgate-findings',
    'trailgate-pipeline',
    'trailgate-request',
  ]);
  expect(dashboards.map(({ title }) => title)).toEqual(
    Object.values(DASHBOARD_TITLES).map((title) => `Trailgate: ${title}`),
  );
});

describe.each(dashboards)('$title', ({ editable, variables, panels, rows, text }) => {
  const sources = variables.filter(({ type }) => type === 'datasource');
  const targets = panels.flatMap((panel) => panel.targets);
  const channelOf = (uid: string): string => uid.slice(2, -1);

  test('is not editable in place', () => {
    expect(editable).toBe(false);
  });

  test('asks only data sources that the reader chooses, and each of them', () => {
    const known = sources.map(({ name, query }) => ({ type: query, uid: `\${${name}}` }));
    const expression = { type: '__expr__', uid: '__expr__' };
    const asked = [...panels, ...targets].map(({ datasource }) => datasource);
    for (const datasource of asked) expect([...known, expression]).toContainEqual(datasource);
    for (const source of known) expect(asked).toContainEqual(source);
    for (const { name, current } of sources) {
      expect(current?.value).toBe(DATA_SOURCES[name as SourceName].uid);
    }
    for (const { datasource } of variables) if (datasource) expect(known).toContainEqual(datasource);
  });

  test('asks no panel for another index than the one that it says', () => {
    for (const { datasource, targets: asked } of panels) {
      const own = asked.map((target) => target.datasource).filter(({ type }) => type !== '__expr__');
      for (const source of own) expect(source).toEqual(datasource);
    }
  });

  test('has no variable that nothing asks for, and asks for none that it has not', () => {
    const names = new Set(variables.map(({ name }) => name));
    // Of an expression, letters are queries.
    const asked = [...variablesIn(text)].filter((name) => !/^[A-Z]$/.test(name));
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
    const silent = variables.filter(({ type }) => type === 'adhoc').map(({ name }) => name);
    expect([...names].filter((name) => !asked.includes(name) && !silent.includes(name))).toEqual([]);
  });

  test('gives every panel an id of its own, a title, a description and a query', () => {
    const ids = [...panels, ...rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const { title, description, targets: asked } of panels) {
      expect(title).toMatch(/^\S.*\S$/);
      expect(description, title).toMatch(/^[A-Z].*\.$/);
      const refIds = asked.map(({ refId }) => refId);
      expect(refIds.length, title).toBeGreaterThan(0);
      expect(new Set(refIds).size, title).toBe(refIds.length);
    }
  });

  test('gives every chart and number a unit', () => {
    for (const { type, title, fieldConfig } of panels.filter((panel) => CHARTS.includes(panel.type))) {
      expect([...UNITS], `${type} ${title}`).toContain(fieldConfig?.defaults.unit);
    }
  });

  test('covers no panel with another, leaves no gap, and stays on the grid', () => {
    const taken = new Set<string>();
    for (const {
      gridPos: { x, y, w, h },
      title,
    } of [...panels, ...rows]) {
      expect(w * h, title).toBeGreaterThan(0);
      expect(x + w, title).toBeLessThanOrEqual(24);
      for (let cell = 0; cell < w * h; cell += 1) {
        const place = `${x + (cell % w)},${y + Math.floor(cell / w)}`;
        expect(taken.has(place), `${title} at ${place}`).toBe(false);
        taken.add(place);
      }
    }
    const bottom = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
    expect(taken.size).toBe(bottom * 24);
  });

  test('names only metrics that are published, under all their dimensions', () => {
    for (const target of targets) {
      const asked = askedMetric(target);
      if (asked !== undefined) expect([...PUBLISHED_METRICS]).toContain(asked);
    }
  });

  test('names only fields that the index of the panel has', () => {
    for (const panel of panels) {
      const { uid, type } = panel.datasource;
      const named = fieldsOfPanel(panel);
      if (type === 'cloudwatch') expect(named).toEqual([]);
      else expect(unknown(channelOf(uid), named), panel.title).toEqual([]);
    }
    for (const { query = '', datasource } of variables.filter(({ query }) => query?.startsWith('{'))) {
      const { field, query: lucene } = JSON.parse(query) as { field: string; query: string };
      expect(unknown(channelOf(datasource?.uid ?? ''), [field, ...fieldsOfQuery(lucene)])).toEqual([]);
    }
  });

  test('counts no value within an object, which the engine cannot tell apart', () => {
    for (const { bucketAggs = [], metrics = [] } of targets) {
      for (const { field } of [...bucketAggs, ...metrics]) expect(field ?? '').not.toMatch(WITHIN_OBJECTS);
    }
  });

  test('asks in forms that the plugin can answer', () => {
    for (const { luceneQueryType, metrics = [], bucketAggs = [], refId } of targets) {
      if (luceneQueryType === undefined) continue;
      const kinds = bucketAggs.map(({ type }) => type);
      if (luceneQueryType !== 'Metric') expect(kinds).toEqual([]);
      // Of two terms in a table it loses the outer.
      else expect(['terms', 'terms,date_histogram', 'date_histogram']).toContain(kinds.join());
      for (const { settings, type } of bucketAggs) {
        const [first] = metrics;
        if (type !== 'terms') continue;
        expect(settings.orderBy, refId).toBe(first?.type === 'count' ? '_count' : first?.id);
        expect(Object.values(settings).every((setting) => typeof setting === 'string')).toBe(true);
      }
    }
  });

  test('renames only columns that there are, and styles only those', () => {
    for (const {
      title,
      transformations = [],
      fieldConfig,
      targets: [target],
    } of panels) {
      const [organize, ...others] = transformations;
      if (organize === undefined) continue;
      const { renameByName } = organize.options as { renameByName: Record<string, string> };
      const headings = Object.values(renameByName);
      expect(new Set(headings).size, title).toBe(headings.length);
      // A ranking has a column for its field and one for each measure, by distinct names.
      const measures = (target?.luceneQueryType === 'Metric' && target.metrics?.length) || undefined;
      if (measures !== undefined) expect(headings, title).toHaveLength(measures + 1);
      const known = [...headings, ...others.map(({ options }) => options.alias)];
      for (const { matcher } of fieldConfig?.overrides ?? []) expect(known, title).toContain(matcher.options);
      for (const { options } of others) {
        const { left, right } = options.binary as { left: string; right: string };
        expect(headings).toEqual(expect.arrayContaining([left, right]));
      }
    }
  });

  test('leads to dashboards that there are, with their variables', () => {
    for (const [, uid = '', parameters = ''] of text.matchAll(/"\/d\/([\w-]+)\?([^"]+)"/g)) {
      const there = dashboards.find((dashboard) => dashboard.uid === uid);
      const named = [...parameters.matchAll(/var-(\w+)=/g)].map(([, name]) => name);
      expect(named.length).toBeGreaterThan(1);
      expect(there?.variables.map(({ name }) => name)).toEqual(expect.arrayContaining(['request']));
    }
  });
});

test('users’ own counters are shown by what is no metric of ours', () => {
  const [own] = dashboards.flatMap(({ panels }) =>
    panels.flatMap(({ targets }) => targets.filter(({ expression }) => expression?.startsWith('SEARCH'))),
  );
  const left = [...(own?.expression ?? '').matchAll(/NOT MetricName="(\w+)"/g)].map(([, name]) => name);
  expect(left.sort()).toEqual(
    Object.values(METRICS)
      .map(({ name }) => name)
      .sort(),
  );
  expect(own?.expression).toContain(`{${METRIC_NAMESPACE},Service}`);
});

test('rows that name a request lead to all of it', () => {
  const linked = dashboards.flatMap(({ uid, panels }) =>
    panels
      .filter((panel) => fieldsOfPanel(panel).includes('correlation_id') && panel.type === 'table')
      .map(({ title, fieldConfig }) => {
        const links = fieldConfig?.overrides.flatMap(({ properties }) => properties.map(({ id }) => id));
        return [uid, title, links?.includes('links')];
      }),
  );
  const elsewhere = linked.filter(([uid]) => uid !== 'trailgate-request');
  expect(elsewhere.length).toBeGreaterThan(3);
  for (const [, title, link] of elsewhere) expect(link, String(title)).toBe(true);
});

/** Those that the channel's index has not. */
function unknown(channel: string, fields: readonly string[]): readonly string[] {
  const indexed = new Set<string>([
    '_index',
    ...FIELDS[channel as 'business' | 'trail'].map(({ name }) => name),
  ]);
  return fields.filter(
    (field) => !indexed.has(field) && !(channel === 'trail' && WITHIN_OBJECTS.test(field)),
  );
}
