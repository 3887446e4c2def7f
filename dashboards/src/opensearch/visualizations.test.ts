import { FIELDS } from '@trailgate/collectors/schema';
import { describe, expect, test } from 'vitest';
import { DASHBOARD_IDS, SEARCH_IDS } from './saved-object-ids.ts';
import { channelOf, searchSourceOf, visStateOf, visualizations } from './testing/read-objects.ts';

interface TypeRules {
  /** Schemas of its buckets, with how many of each it takes. */
  readonly schemas: Readonly<Record<string, number>>;
  /** Of its metrics. */
  readonly most: number;
  /** Names in its parameters, no more and no fewer. */
  readonly params: readonly string[];
}

const CHART: TypeRules = {
  schemas: { segment: 1, group: 3 },
  most: 1,
  params:
    'type grid categoryAxes valueAxes seriesParams addTooltip addLegend legendPosition times addTimeMarker labels thresholdLine'.split(
      ' ',
    ),
};

/** As `vis_type_*` of OpenSearch Dashboards define them. */
const TYPES: Readonly<Record<string, TypeRules>> = {
  metric: { schemas: { group: 1 }, most: 8, params: ['addTooltip', 'addLegend', 'type', 'metric'] },
  table: {
    schemas: { bucket: 8 },
    most: 8,
    params: [
      'perPage',
      'showPartialRows',
      'showMetricsAtAllLevels',
      'showTotal',
      'totalFunc',
      'percentageCol',
    ],
  },
  histogram: CHART,
  line: CHART,
  horizontal_bar: CHART,
  markdown: { schemas: {}, most: 0, params: ['fontSize', 'openLinksInNewTab', 'markdown'] },
  input_control_vis: {
    schemas: {},
    most: 0,
    params: ['controls', 'updateFiltersOnChange', 'useTimeFilter', 'pinFilters'],
  },
};

const METRICS = ['count', 'sum', 'cardinality', 'min', 'max', 'percentiles'];

/** Types of fields that an aggregation takes; the others take any that has a column of values. */
const FIELD_TYPES: Readonly<Record<string, readonly string[]>> = {
  sum: ['long', 'double'],
  min: ['long', 'double', 'date'],
  max: ['long', 'double', 'date'],
  percentiles: ['long', 'double'],
  date_histogram: ['date'],
  terms: ['keyword', 'ip', 'long', 'boolean'],
  cardinality: ['keyword', 'ip', 'long'],
};

describe('a visualization', () => {
  test('is of a type that needs no plugin, with the parameters that the type has', () => {
    const used = new Set<string>();
    for (const visualization of visualizations) {
      const { type, params } = visStateOf(visualization);
      used.add(type);
      expect(Object.keys(params).sort(), visualization.id).toEqual([...(TYPES[type]?.params ?? [])].sort());
      expect(visualization.attributes.uiStateJSON).toBe('{}');
    }
    expect([...used].sort()).toEqual(Object.keys(TYPES).sort());
  });

  test('has aggregations in schemas that its type knows, numbered in their order, metrics first', () => {
    for (const visualization of visualizations) {
      const { type, aggs } = visStateOf(visualization);
      const { schemas = {}, most = 0 } = TYPES[type] ?? {};
      const metrics = aggs.filter(({ schema }) => schema === 'metric');
      expect(
        aggs.map(({ id }) => id),
        visualization.id,
      ).toEqual(aggs.map((_, at) => String(at + 1)));
      expect(aggs.slice(0, metrics.length), visualization.id).toEqual(metrics);
      expect(metrics.length).toBeLessThanOrEqual(most);
      if (most > 0) expect(metrics.length, visualization.id).toBeGreaterThan(0);
      for (const { schema, type: kind, enabled } of aggs) {
        expect(METRICS.includes(kind), visualization.id).toBe(schema === 'metric');
        expect(enabled).toBe(true);
        if (schema === 'metric') continue;
        const count = aggs.filter((other) => other.schema === schema).length;
        expect(count, `${visualization.id}: ${schema}`).toBeLessThanOrEqual(schemas[schema] ?? 0);
      }
      // Series without an axis would be one heap.
      if (schemas.segment !== undefined) {
        expect(
          aggs.some(({ schema }) => schema === 'segment'),
          visualization.id,
        ).toBe(true);
      }
    }
  });

  test('orders its terms by its first metric, which is one that terms can be ordered by', () => {
    for (const visualization of visualizations) {
      const { aggs } = visStateOf(visualization);
      for (const { type, params } of aggs) {
        if (type !== 'terms') continue;
        expect(params.orderBy, visualization.id).toBe('1');
        expect(aggs[0]?.type, visualization.id).not.toBe('percentiles');
      }
    }
  });

  test('computes only from fields of a type that the aggregation takes, and names each result', () => {
    for (const visualization of visualizations) {
      const channel = channelOf(visualization);
      for (const { type, params } of visStateOf(visualization).aggs) {
        expect(params.customLabel, visualization.id).toBeTruthy();
        if (type === 'count') continue;
        const fields = channel === undefined ? [] : FIELDS[channel];
        const field = fields.find(({ name }) => name === params.field);
        expect(FIELD_TYPES[type], `${visualization.id}: ${params.field}`).toContain(field?.type);
      }
    }
  });

  test('of a chart draws its metric on its axis', () => {
    for (const visualization of visualizations) {
      const { aggs, params } = visStateOf(visualization);
      if (!('seriesParams' in params)) continue;
      const label = aggs[0]?.params.customLabel;
      expect(params, visualization.id).toMatchObject({
        seriesParams: [{ data: { label, id: '1' }, valueAxis: 'ValueAxis-1' }],
        valueAxes: [{ id: 'ValueAxis-1', title: { text: label } }],
      });
    }
  });

  test('names the index that it asks, and only then asks', () => {
    for (const visualization of visualizations) {
      const { aggs } = visStateOf(visualization);
      expect(channelOf(visualization) !== undefined, visualization.id).toBe(aggs.length > 0);
      expect(searchSourceOf(visualization)).toMatchObject({ query: { language: 'lucene' }, filter: [] });
    }
  });
});

describe('a text', () => {
  const texts = visualizations.filter((text) => visStateOf(text).type === 'markdown');

  test('links only to dashboards and searches that are there', () => {
    const there = [
      ...Object.values(DASHBOARD_IDS).map((id) => `dashboards#/view/${id}`),
      ...Object.values(SEARCH_IDS).map((id) => `discover#/view/${id}`),
    ];
    const linked = texts.flatMap((text) =>
      [...String(visStateOf(text).params.markdown).matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link),
    );
    expect(linked.length).toBeGreaterThan(10);
    expect(there).toEqual(expect.arrayContaining(linked));
  });
});

describe('the fields of choice', () => {
  const choices = visualizations.filter((choice) => visStateOf(choice).type === 'input_control_vis');

  test('offer values of fields that their index has, each by a reference of its own', () => {
    expect(choices).toHaveLength(1);
    for (const { references, ...choice } of choices) {
      const controls = visStateOf({ references, ...choice }).params.controls as {
        id: string;
        type: string;
        fieldName: string;
        indexPatternRefName: string;
      }[];
      expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
      expect(controls.map(({ indexPatternRefName }) => indexPatternRefName)).toEqual(
        references.map(({ name }) => name),
      );
      for (const [at, { type, fieldName, indexPatternRefName }] of controls.entries()) {
        expect(indexPatternRefName).toBe(`control_${at}_index_pattern`);
        expect(type).toBe('list');
        const channel = references[at]?.id === 'trailgate-business' ? 'business' : 'trail';
        expect(FIELDS[channel]).toContainEqual({ name: fieldName, type: 'keyword' });
      }
    }
  });
});
