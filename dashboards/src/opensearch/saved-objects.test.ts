import { FIELDS } from '@trailgate/collectors/schema';
import { describe, expect, test } from 'vitest';
import { DASHBOARD_TITLES } from '../dashboard-titles.ts';
import { MIGRATION_VERSIONS, type SavedObject } from './saved-object.ts';
import { SEARCH_IDS } from './saved-object-ids.ts';
import {
  channelOf,
  importFile,
  key,
  objects,
  queryOf,
  searches,
  searchSourceOf,
  visStateOf,
} from './testing/read-objects.ts';

/** Attributes that the mapping of Dashboards knows; that of an index pattern is not strict. */
const ATTRIBUTES: Readonly<Record<SavedObject['type'], readonly string[]>> = {
  'index-pattern': ['title', 'timeFieldName', 'fields', 'fieldFormatMap'],
  search: ['title', 'description', 'hits', 'columns', 'sort', 'version', 'kibanaSavedObjectMeta'],
  visualization: ['title', 'description', 'visState', 'uiStateJSON', 'version', 'kibanaSavedObjectMeta'],
  dashboard:
    'title description hits panelsJSON optionsJSON timeRestore timeFrom timeTo refreshInterval version kibanaSavedObjectMeta'.split(
      ' ',
    ),
};

/** Names that a query in Lucene's language asks for. */
function askedBy(query: string): readonly string[] {
  return [...query.matchAll(/([@\w.]+):\(/g)].map(([, field]) => field ?? '');
}

function fieldsOf(object: SavedObject): readonly string[] {
  const asked = askedBy(queryOf(object));
  if (object.type === 'search') return [...asked, ...object.attributes.columns];
  if (object.type !== 'visualization') return asked;
  return [...asked, ...visStateOf(object).aggs.flatMap(({ params }) => params.field ?? [])];
}

describe('the saved objects', () => {
  test('are a line each of one small file, with an id of their own and a version that every Dashboards takes', () => {
    expect(importFile.endsWith('}\n')).toBe(true);
    expect(Buffer.byteLength(importFile)).toBeLessThan(1_000_000);
    expect(new Set(objects.map(key)).size).toBe(objects.length);
    for (const { type, migrationVersion, id } of objects) {
      expect(migrationVersion, id).toEqual({ [type]: MIGRATION_VERSIONS[type] });
      expect(id).toMatch(/^trailgate-[a-z-]+$/);
    }
    expect(new Set(objects.map(({ type }) => type))).toEqual(
      new Set(['index-pattern', 'search', 'visualization', 'dashboard']),
    );
  });

  test('refer only to what stands before them, by names of their own, and are all shown or kept for people', () => {
    const before = new Set<string>();
    for (const object of objects) {
      const names = object.references.map(({ name }) => name);
      expect(new Set(names).size, object.id).toBe(names.length);
      for (const reference of object.references) expect(before, object.id).toContain(key(reference));
      before.add(key(object));
    }
    const shown = new Set(objects.flatMap(({ references }) => references.map(key)));
    const unseen = objects.filter((object) => object.type === 'visualization' && !shown.has(key(object)));
    expect(unseen).toEqual([]);
  });

  test('use each reference that they have', () => {
    for (const object of objects) {
      const body = JSON.stringify(object.attributes);
      for (const { name } of object.references) expect(body, object.id).toContain(name);
    }
  });

  test('have no attribute that the mapping of Dashboards would refuse', () => {
    for (const { type, attributes, id } of objects) {
      const unknown = Object.keys(attributes).filter((name) => !ATTRIBUTES[type].includes(name));
      expect(unknown, id).toEqual([]);
    }
  });

  test('say in a title of their own and a sentence what they show', () => {
    const titles = objects.map(({ type, attributes }) => `${type} ${attributes.title}`);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { attributes, id } of objects) {
      if (!('description' in attributes)) continue;
      expect(attributes.title, id).toMatch(/^Trailgate: ./);
      expect(attributes.description, id).toMatch(/^[A-Z].{15,}\.$/);
    }
  });

  test('ask and show only fields that their index has', () => {
    let asked = 0;
    for (const object of objects) {
      const channel = channelOf(object);
      if (channel === undefined) continue;
      const indexed = new Set<string>(['_index', ...FIELDS[channel].map(({ name }) => name)]);
      const fields = fieldsOf(object);
      asked += fields.length;
      for (const field of fields) expect(indexed, `${object.id}: ${field}`).toContain(field);
    }
    expect(asked).toBeGreaterThan(200);
  });
});

describe('a saved search', () => {
  test('is there for each that alerts and dashboards link to, over an index and by time', () => {
    expect(searches.map(({ id }) => id).sort()).toEqual(Object.values(SEARCH_IDS).sort());
    for (const search of searches) {
      expect(channelOf(search), search.id).toBeDefined();
      expect(searchSourceOf(search).query).toMatchObject({ language: 'lucene' });
      expect(search.attributes.sort, search.id).toEqual([
        ['@timestamp', expect.stringMatching(/^(a|de)sc$/)],
      ]);
      expect(new Set(search.attributes.columns).size, search.id).toBe(search.attributes.columns.length);
    }
  });
});

describe('an index pattern', () => {
  const patterns = objects.filter((object) => object.type === 'index-pattern');

  test('shows durations of both indices with their unit, and makes no value of a client a link', () => {
    expect(patterns).toHaveLength(2);
    for (const { attributes } of patterns) {
      const formats = JSON.parse(attributes.fieldFormatMap) as Record<string, { id: string; params: object }>;
      expect(formats['event.duration']).toMatchObject({
        id: 'duration',
        params: { inputFormat: 'nanoseconds', outputFormat: 'asMilliseconds', showSuffix: true },
      });
      for (const [name, { id }] of Object.entries(formats)) {
        expect(id).not.toBe('url');
        for (const fields of Object.values(FIELDS)) expect(fields.map((field) => field.name)).toContain(name);
      }
    }
  });
});

test('the dashboards are those of Grafana', () => {
  const titles = objects.filter(({ type }) => type === 'dashboard').map(({ attributes }) => attributes.title);
  expect(titles).toEqual(Object.values(DASHBOARD_TITLES).map((title) => `Trailgate: ${title}`));
});
