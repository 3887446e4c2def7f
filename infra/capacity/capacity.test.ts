import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityPage, SAMPLE_RATES } from './capacity-page.ts';
import { type CapacityInput, capacity, measureRates, renderPlan } from './index.ts';
import { measure } from './measure/measure.ts';
import { BYTES } from './measured.ts';

const WITHIN = 0.02;

test('the figures of the page are what the SDK and the collector of this release write', async () => {
  const now = await measure();
  const pairs = (one: object, other: object, path = ''): [string, number, number][] =>
    Object.entries(one).flatMap(([name, value]): [string, number, number][] => {
      const beside = (other as Record<string, unknown>)[name];
      return typeof value === 'object'
        ? pairs(value as object, beside as object, `${path}${name}.`)
        : [[`${path}${name}`, value as number, beside as number]];
    });
  const moved = pairs(BYTES, now).filter(([, said, is]) => !(Math.abs(is / said - 1) <= WITHIN));
  expect(moved).toEqual([]);
});

test('the CPU of a line and of a signal record is counted by what they took', async () => {
  let cpu = 0;
  // Each look at the clock is a second later: one run of the collector, and one of the detector, take one each.
  const { collectorLine, detectorRecord } = await measureRates(() => (cpu += 1e6), 1);
  expect(1e6 / collectorLine).toBeGreaterThan(1_200);
  expect(1e6 / detectorRecord).toBeGreaterThan(500);
});

test.each(Object.entries(capacityPage()))(
  'the page has the table of %s as the formulas make it',
  (_name, table) => {
    const page = readFileSync(join(import.meta.dirname, '../docs/capacity.md'), 'utf8');
    const plain = (text: string): string => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---');
    expect(plain(page)).toContain(plain(table));
  },
);

describe('a plan', () => {
  test('counts lines by what writes them', () => {
    const { load } = capacity({ requestsPerSecond: 1_000, sampleRate: 0.1, errorsShare: 0, trailShare: 0.5 });
    expect(load.lines).toEqual({ log: 200, request: 100, rollup: 50, trail: 500, platform: 2_000 });
    expect(load.bytes.request).toBe(100 * BYTES.line.request);
    expect(load.recordsPerSecond).toBe(50);
  });

  test('has a seldom called instance write its counts with every request, and no more', () => {
    expect(capacity({ requestsPerSecond: 10, instances: 1_000 }).load.lines.rollup).toBe(10);
  });

  test('leaves out what is switched off', () => {
    const { load } = capacity({
      requestsPerSecond: 1_000,
      platformLines: false,
      trailShare: 0,
      errorsShare: 0,
      sampleRate: 0,
    });
    expect(load.lines).toEqual({ log: 0, request: 0, rollup: 50, trail: 0, platform: 0 });
  });

  test('of nothing is the least that there is', () => {
    const plan = capacity({ requestsPerSecond: 0 });
    expect([plan.logStream.shards, plan.signalStream.shards, plan.index.dataNodes]).toEqual([1, 1, 3]);
    expect(plan.limits.every(({ used, quota }) => used <= quota)).toBe(true);
  });

  test('says at which load each limit bites, and names the first', () => {
    const { limits } = capacity({ requestsPerSecond: 1_000 });
    expect(limits[0]).toMatchObject({ name: 'API Gateway requests', bitesAt: 10_001 });
    for (const { name, bitesAt, quota } of limits) {
      if (bitesAt === undefined) continue;
      const usedAt = (requestsPerSecond: number) =>
        capacity({ requestsPerSecond }).limits.find((one) => one.name === name)?.used;
      expect([name, usedAt(bitesAt), usedAt(bitesAt - 1)]).toEqual([
        name,
        expect.toSatisfy((used: number) => used > quota),
        expect.toSatisfy((used: number) => used <= quota),
      ]);
    }
  });

  test('has the smaller quotas of other regions', () => {
    const shardsIn = (region: string) =>
      capacity({ requestsPerSecond: 1, region }).limits.find(({ name }) => name === 'Kinesis shards')?.quota;
    expect([shardsIn('us-east-1'), shardsIn('eu-central-1')]).toEqual([20_000, 1_000]);
  });

  test('costs the sum of its parts, and less the less is logged in depth', () => {
    const costs = SAMPLE_RATES.map((sampleRate) => capacity({ requestsPerSecond: 10_000, sampleRate }).cost);
    for (const { items, total } of costs) {
      expect(total).toBeCloseTo(
        items.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0),
        6,
      );
      expect(items.filter(({ usdPerMonth }) => !(usdPerMonth > 0))).toEqual([]);
    }
    expect(costs.map(({ total }) => total)).toEqual(
      costs.map(({ total }) => total).toSorted((a, b) => a - b),
    );
  });

  test('is a table of what is needed, what it costs and what bites', () => {
    const text = renderPlan(capacity({ requestsPerSecond: 50_000 }));
    expect(text).toMatch(/^50,000 requests\/s, 1 % of the successes in depth, us-east-1\n/);
    expect(text).toMatch(/signal stream +\d+ shards +[\d,]+ records\/s, \d+ MB\/s; set by records/);
    expect(text).toMatch(
      /API Gateway requests +PASSED +50,000 of 10,000 \/s; at 10,001 requests\/s: ask for more/,
    );
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each<[keyof CapacityInput, unknown, string]>([
    ['requestsPerSecond', Number.NaN, 'a number from 0 to 1000000000, got NaN'],
    ['sampleRate', 1.5, 'a number from 0 to 1, got 1.5'],
    ['bytesPerLine', 0, 'a number from 1 to 65536, got 0'],
    ['services', '3', 'a number from 1 to 1000000, got 3'],
  ])('refuses a wrong %s', (field, value, expected) => {
    const input = { requestsPerSecond: 1, [field]: value } as CapacityInput;
    expect(() => capacity(input)).toThrow(`${field}: expected ${expected}`);
  });
});

describe('at any load', () => {
  const inputs = fc.record({
    requestsPerSecond: fc.integer({ min: 0, max: 10_000_000 }),
    sampleRate: fc.double({ min: 0, max: 1, noNaN: true }),
    errorsShare: fc.double({ min: 0, max: 1, noNaN: true }),
    trailShare: fc.double({ min: 0, max: 1, noNaN: true }),
    durationMs: fc.integer({ min: 1, max: 10_000 }),
    memory: fc.integer({ min: 128, max: 10_240 }),
  });
  const numbers = (plan: object): number[] =>
    Object.values(plan).flatMap((value: unknown) =>
      typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? numbers(value) : [],
    );
  const sizes = (input: CapacityInput): number[] => {
    const { load, logStream, signalStream, collector, detector, index, cost } = capacity(input);
    return [
      load.linesPerSecond,
      load.bytesPerSecond,
      logStream.shards,
      signalStream.shards,
      collector.concurrency,
      detector.concurrency,
      index.storageGb,
      index.shardsPerDay,
      index.largestNodes,
      // Log lines get cheaper by the tier, so the total only has to grow with what is bought.
      cost.items.reduce((sum, { quantity, unit }) => (unit === 'GB' ? sum + quantity : sum), 0),
    ];
  };

  test('every figure is a finite number, and none is negative', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(numbers(capacity(input)).filter((value) => !(Number.isFinite(value) && value >= 0))).toEqual(
          [],
        );
      }),
      { numRuns: 100 },
    );
  });

  test('both streams have shards for their bytes and for their records, and the collector a worker for each shard', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { logStream, signalStream, collector } = capacity(input);
        for (const { shards, bytesPerSecond, recordsPerSecond } of [logStream, signalStream]) {
          expect(shards).toBeGreaterThanOrEqual(bytesPerSecond / 1_000_000);
          expect(shards).toBeGreaterThanOrEqual(recordsPerSecond / 1_000);
        }
        expect(collector.concurrency).toBeGreaterThanOrEqual(logStream.shards);
        expect(logStream.shards * collector.parallelizationFactor).toBeGreaterThanOrEqual(
          collector.concurrency,
        );
        expect(collector.parallelizationFactor).toBeLessThanOrEqual(10);
      }),
      { numRuns: 100 },
    );
  });

  test('more requests or a higher sample rate never take less', () => {
    fc.assert(
      fc.property(
        inputs,
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (input, more, closer) => {
          const base = sizes(input);
          const busier = sizes({ ...input, requestsPerSecond: input.requestsPerSecond + more });
          const deeper = sizes({ ...input, sampleRate: input.sampleRate + (1 - input.sampleRate) * closer });
          base.forEach((value, n) => {
            // Sums of many products are the same but for their last digits.
            expect(busier[n]).toBeGreaterThanOrEqual(value * (1 - 1e-9));
            expect(deeper[n]).toBeGreaterThanOrEqual(value * (1 - 1e-9));
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
