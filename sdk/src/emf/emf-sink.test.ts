import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latencyBucket } from '../wire/latency-sketch.ts';
import type { Rollup } from '../wire/record.ts';
import { valueBucket } from '../wire/value-sketch.ts';
import { total, violations } from './emf-violations.test-oracle.ts';
import { emfSink } from './index.ts';

const EMPTY: Rollup = {
  since: '2026-11-23T00:00:00.000Z',
  invocations: 0,
  requests: [],
  latency: [],
  counters: [],
  principals: [],
};
const AT = { epochMs: 1_800_000_000_000, service: 'orders' };

function sunk(sink: ReturnType<typeof emfSink>, rollup: Rollup, at = AT): string[] {
  const lines = [...sink.lines(rollup, at)];
  for (const line of lines) expect(violations(line)).toEqual([]);
  return lines;
}

describe('emfSink', () => {
  const row = { route: 'GET /orders', tenant: 't1', kept: 0 };
  const first: Rollup = {
    ...EMPTY,
    requests: [
      { ...row, status: 200, count: 10 },
      { ...row, status: 503, count: 2 },
      { ...row, tenant: 't2', status: 200, count: 1 },
    ],
    latency: [{ route: row.route, buckets: [[latencyBucket(20), 13]] }],
    counters: [{ name: 'OrdersPlaced', unit: 'Count', value: 5 }],
    distributions: [
      {
        name: 'BasketValue',
        unit: 'None',
        count: 3,
        sum: 30,
        min: 0,
        max: 20,
        zero: 1,
        buckets: [
          [valueBucket(10), 1],
          [valueBucket(20), 1],
        ],
      },
    ],
  };

  test('says of each route how many, how many failed and how long, with tenants as no dimension', () => {
    const lines = sunk(emfSink({ namespace: 'Shop', dimensions: { Stage: 'prod' } }), first);
    const documents = lines.map((line) => JSON.parse(line));
    const route = documents.find((document) => 'Errors' in document);
    expect(route).toMatchObject({
      Requests: 13,
      Errors: 2,
      Route: 'GET /orders',
      tenants: { t1: 12, t2: 1 },
    });
    expect(route._aws.CloudWatchMetrics[0].Dimensions).toEqual([
      ['Service', 'Stage'],
      ['Service', 'Stage', 'Route'],
    ]);
    expect(route.Latency.Counts).toEqual([13]);
    expect(Math.abs(route.Latency.Values[0] - 20)).toBeLessThanOrEqual(0.2);
    const classes = documents.filter((document) => 'StatusClass' in document);
    expect(classes.map(({ StatusClass, Requests }) => [StatusClass, Requests])).toEqual([
      ['2xx', 11],
      ['5xx', 2],
    ]);
    const own = documents.find((document) => 'OrdersPlaced' in document);
    expect(own).toMatchObject({ OrdersPlaced: 5, BasketValue: { Counts: [1, 1, 1], Count: 3, Sum: 30 } });
    expect(JSON.stringify(documents.map(({ _aws }) => _aws))).not.toMatch(/t1|tenant/);
  });

  test('says changes only, and nothing where nothing changed', () => {
    const sink = emfSink({ namespace: 'Shop', routes: false });
    sunk(sink, first);
    expect(sunk(sink, first)).toEqual([]);
    const next: Rollup = {
      ...first,
      requests: first.requests.map((one) => ({ ...one, count: one.count + 1 })),
      counters: [{ name: 'OrdersPlaced', unit: 'Count', value: 7 }],
    };
    const lines = sunk(sink, next);
    expect(total(lines, 'OrdersPlaced')).toBe(2);
    expect(
      total(
        lines.filter((line) => !line.includes('StatusClass')),
        'Requests',
      ),
    ).toBe(3);
    expect(lines.join()).not.toContain('"Route"');
  });

  test('counts from nothing again with an instance that began again', () => {
    const sink = emfSink({ namespace: 'Shop' });
    sunk(sink, first);
    expect(total(sunk(sink, { ...first, since: '2026-11-23T01:00:00.000Z' }), 'OrdersPlaced')).toBe(5);
  });

  test('counts nothing twice when a full sketch puts its lowest buckets together', () => {
    const sink = emfSink({ namespace: 'Shop' });
    const latency = (buckets: [number, number][]): Rollup => ({
      ...EMPTY,
      latency: [{ route: 'r', buckets }],
    });
    sunk(
      sink,
      latency([
        [1, 5],
        [2, 1],
        [9, 1],
      ]),
    );
    const [line] = sunk(
      sink,
      latency([
        [2, 7],
        [9, 1],
      ]),
    );
    expect(JSON.parse(line ?? '').Latency.Counts).toEqual([1]);
  });

  test('says cold starts once, and a level where the platform filters', () => {
    const sink = emfSink({ namespace: 'Shop' });
    const at = { ...AT, coldStarts: 1, level: 'ERROR' as const };
    const [line] = sunk(sink, EMPTY, at);
    expect(JSON.parse(line ?? '')).toMatchObject({
      level: 'ERROR',
      timestamp: '2027-01-15T08:00:00.000Z',
      ColdStarts: 1,
    });
    expect(sunk(sink, EMPTY, at)).toEqual([]);
  });

  test('property: what the lines add up to is what was counted', () => {
    const counts = fc.array(fc.nat({ max: 5 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 8 }), (steps) => {
        const sink = emfSink({ namespace: 'Shop' });
        const totals = [0, 0, 0, 0];
        const lines = steps.flatMap((step) => {
          for (const [i, count] of step.entries()) totals[i] = (totals[i] ?? 0) + count;
          return sunk(sink, {
            ...EMPTY,
            requests: totals.map((count, i) => ({
              route: `r${i % 2}`,
              tenant: '-',
              kept: 0,
              status: i < 2 ? 200 : 500,
              count,
            })),
            counters: totals.map((value, i) => ({ name: `c${i}`, unit: 'Count', value })),
          });
        });
        const served = lines.filter((line) => line.includes('"Errors"'));
        expect(total(served, 'Requests')).toBe(totals.reduce((sum, count) => sum + count, 0));
        expect(total(served, 'Errors')).toBe((totals[2] ?? 0) + (totals[3] ?? 0));
        expect(totals.map((_, i) => total(lines, `c${i}`))).toEqual(totals);
      }),
    );
  });

  test.each([
    ['namespace', { namespace: '' }],
    ['namespace', { namespace: 'AWS/Lambda' }],
    ['dimensions', { namespace: 'x', dimensions: { ':a': 'b' } }],
    ['dimensions', { namespace: 'x', dimensions: { Service: 'b' } }],
    ['dimensions.a', { namespace: 'x', dimensions: { a: '' } }],
    ['resolution', { namespace: 'x', resolution: 5 as 1 }],
  ])('a wrong %s is named', (field, options) => {
    expect(() => emfSink(options)).toThrow(expect.objectContaining({ name: 'TrailgateConfigError', field }));
  });
});
