import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latencyBucket, type Rollup } from '../wire/index.ts';
import { METRIC_UNITS } from '../wire/metric-names.ts';
import { valueBucket } from '../wire/value-sketch.ts';
import { type EmfContext, type EmfMetric, emfLines, emfSink } from './index.ts';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { Name: string; Unit?: string; StorageResolution?: number }[];
}

const NAME = /^(?!:)[\x20-\x7e]+$/;

/**
 * What a line breaks of "Specification: Embedded metric format" (CloudWatch user guide: its JSON schema and limits)
 * and of PutMetricData's limits on names and values.
 */
function violations(line: string): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || found.push(what));
  must(!/[\n\r]/.test(line) && Buffer.byteLength(line) <= 65_535, 'one line that Lambda does not split');
  const root = JSON.parse(line);
  const { Timestamp, CloudWatchMetrics } = root._aws;
  must(Number.isInteger(Timestamp) && Timestamp >= 0, 'timestamp in whole milliseconds');
  must(Array.isArray(CloudWatchMetrics) && CloudWatchMetrics.length > 0, 'directives');
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics as Directive[]) {
    must(/^(?!:)[0-9A-Za-z.\-_/#: ]{1,255}$/.test(Namespace), `namespace ${Namespace}`);
    must(Dimensions.length > 0, 'at least one set of dimensions');
    must(Metrics.length > 0 && Metrics.length <= 100, `${Metrics.length} metrics`);
    const names = Metrics.map(({ Name }) => Name);
    must(new Set(names).size === names.length, 'a metric once');
    for (const set of Dimensions) {
      must(set.length <= 30 && new Set(set).size === set.length, `${set.length} dimensions`);
      for (const name of set) {
        must(NAME.test(name) && name.trim() !== '' && name.length <= 250, `dimension ${name}`);
        must(!names.includes(name) && name !== '_aws', `dimension ${name} is something else too`);
        const value = root[name];
        must(
          typeof value === 'string' && NAME.test(value) && value.trim() !== '' && value.length <= 1024,
          `value ${value}`,
        );
      }
    }
    for (const { Name, Unit, StorageResolution, ...more } of Metrics) {
      must(NAME.test(Name) && Name.trim() !== '' && Name.length <= 255 && Name !== '_aws', `metric ${Name}`);
      must((METRIC_UNITS as readonly unknown[]).includes(Unit), `unit ${Unit}`);
      must(
        StorageResolution === undefined || StorageResolution === 1 || StorageResolution === 60,
        'resolution',
      );
      must(Object.keys(more).length === 0, 'no other members');
      must(isTarget(root[Name]), `values of ${Name}: ${JSON.stringify(root[Name])}`);
    }
  }
  return found;
}

function isTarget(value: unknown): boolean {
  if (Number.isFinite(value)) return true;
  if (Array.isArray(value)) return value.length > 0 && value.length <= 100 && value.every(Number.isFinite);
  const { Values, Counts, Max, Min, Sum, Count } = value as Record<string, number[]>;
  return (
    isTarget(Values) &&
    isTarget(Counts) &&
    Values?.length === Counts?.length &&
    [Max, Min, Sum, Count].every(Number.isFinite)
  );
}

/** All that the lines say of a metric, in one dimension set or more. */
function total(lines: readonly string[], name: string): number {
  let sum = 0;
  for (const line of lines) {
    const value = JSON.parse(line)[name];
    if (typeof value === 'number') sum += value;
    else if (Array.isArray(value)) for (const one of value) sum += one;
    else if (value !== undefined) sum += value.Sum;
  }
  return sum;
}

function written(
  metrics: readonly EmfMetric[],
  change: Partial<EmfContext> = {},
): { lines: string[]; said: string[] } {
  const said: string[] = [];
  const lines = emfLines(metrics, {
    namespace: 'Shop',
    epochMs: 1_800_000_000_000,
    onProblem: (problem) => said.push(problem),
    ...change,
  });
  for (const line of lines) expect(violations(line)).toEqual([]);
  return { lines, said };
}

describe('emfLines', () => {
  test('writes metrics, dimensions and properties as the format wants them', () => {
    const { lines, said } = written(
      [
        { name: 'Orders', unit: 'Count', value: 3 },
        { name: 'Latency', unit: 'Milliseconds', value: [1, 2], resolution: 1 },
      ],
      { dimensions: { Service: 'orders', Stage: 'prod' }, properties: { tenant: 't1', token: 'secret' } },
    );
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: 1_800_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'Shop',
              Dimensions: [['Service', 'Stage']],
              Metrics: [
                { Name: 'Orders', Unit: 'Count' },
                { Name: 'Latency', Unit: 'Milliseconds', StorageResolution: 1 },
              ],
            },
          ],
        },
        Service: 'orders',
        Stage: 'prod',
        tenant: 't1',
        token: '[redacted]',
        Orders: 3,
        Latency: [1, 2],
      },
    ]);
    expect(said).toEqual([]);
  });

  test('splits 101 metrics', () => {
    const metrics = Array.from({ length: 101 }, (_, i) => ({ name: `m${i}`, value: i }));
    const { lines, said } = written(metrics);
    expect(lines.map((line) => JSON.parse(line)._aws.CloudWatchMetrics[0].Metrics.length)).toEqual([100, 1]);
    expect(said).toEqual([]);
  });

  test('splits 101 values, with and without counts, and a metric that came twice', () => {
    const values = Array.from({ length: 101 }, (_, i) => i);
    const counts = values.map(() => 2);
    const { lines } = written([
      { name: 'plain', value: values },
      { name: 'counted', value: values, counts, sum: 10_100.5 },
      { name: 'twice', value: 1 },
      { name: 'twice', value: 2, unit: 'Seconds' },
    ]);
    expect(lines.length).toBe(2);
    expect([total(lines, 'plain'), total(lines, 'counted'), total(lines, 'twice')]).toEqual([
      5050, 10_100.5, 3,
    ]);
  });

  test('makes properties of dimensions beyond the thirtieth, and says so once', () => {
    const dimensions = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`d${i}`, `v${i}`]));
    const { lines, said } = written([{ name: 'm', value: 1 }], { dimensions });
    const root = JSON.parse(lines[0] ?? '');
    expect(root._aws.CloudWatchMetrics[0].Dimensions[0].length).toBe(30);
    expect(root).toMatchObject({ d30: 'v30', d32: 'v32' });
    expect(said).toEqual(['dimensions beyond the thirtieth were made properties']);
  });

  test('splits more than a megabyte', () => {
    const value = Array.from({ length: 100 }, (_, i) => i + 0.123456789);
    const metrics = Array.from({ length: 1500 }, (_, i) => ({ name: `metric-${i}`, value }));
    const { lines } = written(metrics, {
      dimensions: { Service: 'orders' },
      properties: { note: 'ü'.repeat(4000) },
    });
    expect(lines.reduce((bytes, line) => bytes + Buffer.byteLength(line), 0)).toBeGreaterThan(1_048_576);
    expect(
      new Set(
        lines.flatMap((line) =>
          JSON.parse(line)._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name),
        ),
      ).size,
    ).toBe(1500);
  });

  test('a dimension with the name of a metric is renamed for that metric alone', () => {
    const { lines, said } = written(
      [
        { name: 'Orders', value: 1 },
        { name: 'Stage', value: 2 },
      ],
      { dimensions: { Stage: 'prod' } },
    );
    expect(lines.map((line) => JSON.parse(line)._aws.CloudWatchMetrics[0].Dimensions)).toEqual([
      [['Stage']],
      [['Stage_2']],
    ]);
    expect(said).toEqual(['dimension name changed to Stage_2']);
  });

  test('names, units and times that CloudWatch refuses are mended and said', () => {
    const now = 1_800_000_000_000;
    const { lines, said } = written(
      [
        { name: ':größe', value: 1, unit: 'Furlongs' },
        { name: '', value: 1 },
        { name: 'none', value: Number.NaN },
        { name: '_aws', value: 4 },
      ],
      { epochMs: now - 15 * 86_400_000, nowMs: now, namespace: 'Käse' },
    );
    expect(lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ _aws: { Timestamp: now }, _gr__e: 1, _aws_2: 4 });
    expect(said.length).toBe(7);
  });

  test.each([-14 * 86_400_000, 2 * 3_600_000])('a time %d ms from now is left as it is', (ms) => {
    const now = 1_800_000_000_000;
    const { lines } = written([{ name: 'm', value: 1 }], { epochMs: now + ms, nowMs: now });
    expect(JSON.parse(lines[0] ?? '')._aws.Timestamp).toBe(now + ms);
  });

  test('property: whatever comes, every line is valid and no value is lost', () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'b', ' a', ':a', '_aws', 'Service', 'constructor', '__proto__'),
      fc.string({ maxLength: 300, unit: 'binary' }),
    );
    const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double());
    const metric = fc.record(
      {
        name,
        unit: fc.oneof(fc.constantFrom(...METRIC_UNITS), fc.string()),
        value: fc.oneof(number, fc.array(number, { maxLength: 230 })),
        counts: fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 230 }),
        resolution: fc.constantFrom(1 as const, 60 as const),
      },
      { requiredKeys: ['name', 'value'] },
    );
    const context = fc.record(
      {
        dimensions: fc.dictionary(name, fc.string({ maxLength: 1200 }), { maxKeys: 40 }),
        properties: fc.dictionary(name, fc.anything(), { maxKeys: 5 }),
        level: fc.constant('ERROR'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(metric, { maxLength: 130 }), context, (metrics, change) => {
        const { lines } = written(metrics as EmfMetric[], change);
        const kept = lines.reduce((count, line) => count + valuesIn(line), 0);
        expect(kept).toBe(metrics.reduce((count, given) => count + usable(given), 0));
      }),
      { numRuns: 300 },
    );
  });

  test('property: nothing that is no list of metrics makes it throw', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (metrics, context) => {
        const given = typeof context === 'object' && context !== null ? context : {};
        for (const line of emfLines(metrics as EmfMetric[], given as EmfContext))
          expect(violations(line)).toEqual([]);
      }),
    );
  });
});

/** How many values a metric has that CloudWatch takes; 0 for one whose name nothing is left of. */
function usable({
  name,
  value,
  counts,
}: {
  name: string;
  value: number | number[];
  counts?: number[];
}): number {
  if (name.replace(/[^\x20-\x7e]/g, '_').trim() === '') return 0;
  const inRange = (one: unknown): boolean => typeof one === 'number' && Math.abs(one) <= 2 ** 360;
  if (!Array.isArray(value)) return inRange(value) ? 1 : 0;
  return value.filter((one, i) => inRange(one) && (counts === undefined || (counts[i] ?? 0) > 0)).length;
}

function valuesIn(line: string): number {
  const root = JSON.parse(line);
  return root._aws.CloudWatchMetrics[0].Metrics.reduce((count: number, { Name }: { Name: string }) => {
    const value = root[Name];
    return count + (typeof value === 'number' ? 1 : (value.Values ?? value).length);
  }, 0);
}

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
