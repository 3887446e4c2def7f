import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METRIC_UNITS } from '../wire/metric-names.ts';
import { total, violations } from './emf-violations.test-oracle.ts';
import { type EmfContext, type EmfMetric, emfLines } from './index.ts';

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
