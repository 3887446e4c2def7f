import { FIELDS } from '@trailgate/collectors/schema';
import { describe, expect, test } from 'vitest';
import { openSearchSavedObjects } from './open-search-saved-objects.ts';
import { MIGRATION_VERSIONS, type SavedObject } from './saved-object.ts';
import { SEARCH_IDS } from './saved-object-ids.ts';

type Json = Readonly<Record<string, unknown>>;

/** As Dashboards reads it: line by line. */
const text = openSearchSavedObjects();
const objects = text
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as SavedObject);
const key = ({ type, id }: { readonly type: string; readonly id: string }): string => `${type}:${id}`;

/** Attributes that its strict mapping knows. */
const ATTRIBUTES: Readonly<Record<SavedObject['type'], readonly string[]>> = {
  'index-pattern': ['title', 'timeFieldName', 'fields'],
  search: ['title', 'description', 'hits', 'columns', 'sort', 'version', 'kibanaSavedObjectMeta'],
  visualization: ['title', 'description', 'visState', 'uiStateJSON', 'version', 'kibanaSavedObjectMeta'],
  dashboard:
    'title description hits panelsJSON optionsJSON timeRestore timeFrom timeTo refreshInterval version kibanaSavedObjectMeta'.split(
      ' ',
    ),
};

function parsed(value: unknown): Json {
  return JSON.parse(String(value)) as Json;
}

function searchSourceOf({ attributes }: SavedObject): Json {
  return 'kibanaSavedObjectMeta' in attributes
    ? parsed(attributes.kibanaSavedObjectMeta.searchSourceJSON)
    : {};
}

function channelOf({ references }: SavedObject): 'business' | 'trail' {
  return references[0]?.id === 'trailgate-business' ? 'business' : 'trail';
}

describe('the saved objects', () => {
  test('are a line each, with an id of their own and versions that every Dashboards takes', () => {
    expect(text.endsWith('\n')).toBe(true);
    expect(new Set(objects.map(key)).size).toBe(objects.length);
    for (const { type, migrationVersion, id } of objects) {
      expect(migrationVersion, id).toEqual({ [type]: MIGRATION_VERSIONS[type] });
    }
    expect(new Set(objects.map(({ type }) => type))).toEqual(
      new Set(['index-pattern', 'search', 'visualization', 'dashboard']),
    );
  });

  test('refer only to what stands before them', () => {
    const before = new Set<string>();
    for (const object of objects) {
      for (const reference of object.references) expect(before, object.id).toContain(key(reference));
      before.add(key(object));
    }
  });

  test('have no attribute that the mapping of Dashboards would refuse', () => {
    for (const { type, attributes, id } of objects) {
      const unknown = Object.keys(attributes).filter((name) => !ATTRIBUTES[type].includes(name));
      expect(unknown, id).toEqual([]);
    }
  });

  test('name their index by a reference that is there', () => {
    for (const object of objects.filter(({ type }) => type === 'search' || type === 'visualization')) {
      const { indexRefName } = searchSourceOf(object);
      const reference = object.references.find(({ name }) => name === indexRefName);
      expect(reference, object.id).toMatchObject({ type: 'index-pattern' });
    }
  });

  test('ask and show only fields that their index has', () => {
    let asked = 0;
    for (const object of objects) {
      const indexed = new Set<string>(['_index', ...FIELDS[channelOf(object)].map(({ name }) => name)]);
      const query = String((searchSourceOf(object).query as Json | undefined)?.query ?? '');
      const fields = [...query.matchAll(/([@\w.]+):\(/g)].map(([, field]) => field ?? '');
      if (object.type === 'search') fields.push(...object.attributes.columns, '@timestamp');
      if (object.type === 'visualization') {
        const { aggs } = parsed(object.attributes.visState) as { aggs: { params: { field?: string } }[] };
        fields.push(...aggs.flatMap(({ params }) => params.field ?? []));
      }
      asked += fields.length;
      for (const field of fields) expect(indexed, `${object.id}: ${field}`).toContain(field);
    }
    expect(asked).toBeGreaterThan(50);
  });

  test('search for what alerts link to', () => {
    const there = objects.filter(({ type }) => type === 'search').map(({ id }) => id);
    expect(there.sort()).toEqual(Object.values(SEARCH_IDS).sort());
  });
});

describe('a visualization', () => {
  const visualizations = objects.filter((object) => object.type === 'visualization');

  test('orders its buckets by its first aggregation, the only metric', () => {
    for (const { attributes, id } of visualizations) {
      const { aggs, type, params } = parsed(attributes.visState) as {
        aggs: { id: string; schema: string; params: Json }[];
        type: string;
        params: Json;
      };
      expect(aggs[0], id).toMatchObject({ id: '1', schema: 'metric' });
      expect(aggs.slice(1).map(({ schema }) => schema)).not.toContain('metric');
      for (const { params: bucket } of aggs.slice(1)) expect(bucket.orderBy ?? '1').toBe('1');
      expect(params).toBeTypeOf('object');
      expect(['metric', 'histogram', 'table']).toContain(type);
      expect(parsed(attributes.uiStateJSON)).toEqual({});
    }
  });
});

describe('the dashboard', () => {
  const [dashboard] = objects.filter((object) => object.type === 'dashboard');
  const panels = JSON.parse(dashboard?.attributes.panelsJSON ?? '[]') as {
    gridData: { x: number; y: number; w: number; h: number };
    panelRefName: string;
  }[];

  test('shows each reference in a panel of its own', () => {
    expect(panels.map(({ panelRefName }) => panelRefName)).toEqual(
      dashboard?.references.map(({ name }) => name),
    );
    expect(panels).toHaveLength(10);
  });

  test('covers no panel with another, and stays on the grid', () => {
    for (const [at, { gridData: panel }] of panels.entries()) {
      expect(panel.x + panel.w).toBeLessThanOrEqual(48);
      const covered = panels.slice(0, at).filter(({ gridData: { x, y, w, h } }) => {
        return panel.x < x + w && x < panel.x + panel.w && panel.y < y + h && y < panel.y + panel.h;
      });
      expect(covered).toEqual([]);
    }
  });
});
