import { describe, expect, test } from 'vitest';
import { autoInterval } from './dashboards-interval.ts';
import { visualizationBody } from './dashboards-queries.ts';
import { type OpenSearchTarget, searchBody } from './grafana-queries.ts';

const RANGE = { from: 1_000_000, to: 1_188_450 };
const ASKING = { range: RANGE, minIntervalMs: 1 };
const EVENTS = { id: '1', type: 'sum', field: 'count', settings: { missing: '1' } };
const BY_USER = {
  id: '10',
  type: 'terms',
  field: 'user.id',
  settings: { size: '5', orderBy: '1', min_doc_count: '1' },
};
const OVER_TIME = { id: '11', type: 'date_histogram', field: '@timestamp', settings: { interval: 'auto' } };

function target(more: Partial<OpenSearchTarget>): OpenSearchTarget {
  return { refId: 'A', query: 'level:ERROR', metrics: [EVENTS], bucketAggs: [OVER_TIME], ...more };
}

describe('as the data source of Grafana asks', () => {
  test('terms over time: ordered by the metric without its settings, in buckets of a length that it chooses', () => {
    expect(searchBody(target({ bucketAggs: [BY_USER, OVER_TIME] }), ASKING)).toEqual({
      size: 0,
      query: {
        bool: {
          filter: [
            { range: { '@timestamp': { gte: RANGE.from, lte: RANGE.to, format: 'epoch_millis' } } },
            { query_string: { query: 'level:ERROR', analyze_wildcard: true } },
          ],
        },
      },
      aggs: {
        10: {
          terms: { field: 'user.id', size: 5, order: { 1: 'desc' }, min_doc_count: 1 },
          aggs: {
            1: { sum: { field: 'count' } },
            11: {
              date_histogram: {
                field: '@timestamp',
                interval: '100ms',
                min_doc_count: 0,
                extended_bounds: { min: RANGE.from, max: RANGE.to },
                format: 'epoch_millis',
              },
              aggs: { 1: { sum: { field: 'count', missing: '1' } } },
            },
          },
        },
      },
    });
  });

  test('documents by time, and without a range those of any time', () => {
    const documents = { id: '1', type: 'raw_data', settings: { size: '7', order: 'asc' } };
    expect(searchBody(target({ metrics: [documents], bucketAggs: [] }), ASKING)).toMatchObject({
      size: 7,
      sort: [{ '@timestamp': { order: 'asc' } }, { _doc: { order: 'asc' } }],
    });
    const ever = { ...documents, settings: { ...documents.settings, useTimeRange: false } };
    const { sort, query } = searchBody(target({ metrics: [ever], bucketAggs: [] }), ASKING);
    expect(sort).toBeUndefined();
    expect(query).toEqual({ bool: { filter: { query_string: expect.anything() } } });
  });

  test('nothing where terms leave too few buckets of time', () => {
    const many = { ...BY_USER, settings: { ...BY_USER.settings, size: '0' } };
    const bucketAggs = [many, { ...many, id: '12' }, OVER_TIME];
    expect(() => searchBody(target({ bucketAggs }), ASKING)).toThrow(/bucket budget/);
  });
});

describe('as OpenSearch Dashboards asks', () => {
  test('a metric with its JSON, inside the last of its buckets and where terms are ordered by it', () => {
    const sum = { type: 'sum', schema: 'metric', params: { field: 'count', json: '{"missing":1}' } };
    const terms = { type: 'terms', schema: 'bucket', params: { field: 'user.id', size: 5, orderBy: '1' } };
    const aggs = [sum, terms].map((one, at) => ({ id: String(at + 1), enabled: true, ...one }));
    const { aggs: asked, query } = visualizationBody(
      {
        id: 'v',
        type: 'visualization',
        attributes: {
          title: 'v',
          description: '',
          visState: JSON.stringify({ type: 'table', params: {}, aggs }),
          uiStateJSON: '{}',
          version: 1,
          kibanaSavedObjectMeta: {
            searchSourceJSON: JSON.stringify({ query: { query: '', language: 'lucene' }, filter: [] }),
          },
        },
        references: [],
        migrationVersion: {},
      },
      RANGE,
    );
    expect(asked).toEqual({
      2: {
        terms: { field: 'user.id', order: { 1: 'desc' }, size: 5 },
        aggs: { 1: { sum: { field: 'count', missing: 1 } } },
      },
    });
    expect(query).toMatchObject({ bool: { must: [{ match_all: {} }] } });
  });

  test.each([
    [188, { fixed_interval: '1s' }],
    [3_600, { calendar_interval: '1m' }],
    [86_400, { fixed_interval: '30m' }],
    [7 * 86_400, { fixed_interval: '3h' }],
  ])('%s seconds in buckets of a length that it chooses', (seconds, parameter) => {
    expect(autoInterval({ from: 0, to: seconds * 1_000 }).parameter).toEqual(parameter);
  });
});
