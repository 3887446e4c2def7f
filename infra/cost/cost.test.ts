import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SIZES } from '../aws/sizes/presets.ts';
import type { Size } from '../aws/sizes/size.ts';
import { costsPage, SIZE_RATES } from './costs-page.ts';
import { type EstimateOptions, estimate } from './estimate.ts';
import { priceList } from './price-list.ts';
import { US_EAST_1 } from './prices.ts';
import { renderEstimate } from './render.ts';
import { usageOf } from './traffic.ts';

const sizes = Object.values(SIZES);

function usdOf(size: Size, part: string, options: EstimateOptions = {}, requestsPerSecond = 100): number {
  const item = estimate(size, { requestsPerSecond }, options).items.find((one) => one.part === part);
  return item?.usdPerMonth ?? Number.NaN;
}

describe('the estimate', () => {
  test('prices what a size has by the hour', () => {
    expect(usdOf(SIZES.small, 'OpenSearch data nodes')).toBeCloseTo(3 * 730 * 0.135);
    expect(usdOf(SIZES.small, 'OpenSearch storage')).toBeCloseTo(300 * 0.122);
    expect(usdOf(SIZES.small, 'Kinesis shards')).toBeCloseTo(4 * 730 * 0.015);
    expect(usdOf(SIZES.small, 'Kinesis retention over a day')).toBeCloseTo(4 * 730 * 0.02);
    expect(usdOf(SIZES.small, 'VPC endpoints')).toBeCloseTo(65.7);
    expect(usdOf(SIZES.dev, 'Kinesis retention over a day')).toBeNaN();
    expect(usdOf(SIZES.dev, 'OpenSearch master nodes')).toBeNaN();
    expect(usdOf(SIZES.dev, 'VPC endpoints')).toBeNaN();
  });

  test('adds up to its items, the most expensive first', () => {
    const { items, total, idle } = estimate(SIZES.large, { requestsPerSecond: 3_000 }, { api: true });
    const amounts = items.map(({ usdPerMonth }) => usdPerMonth);
    expect(total).toBeCloseTo(amounts.reduce((sum, usd) => sum + usd, 0));
    expect(amounts).toEqual(amounts.toSorted((one, other) => other - one));
    expect(idle).toBeGreaterThan(0);
    expect(idle).toBeLessThan(total);
  });

  test('of an existing domain has no nodes, of a collection at least its units, with a standby twice', () => {
    const existing = estimate(SIZES.small, { requestsPerSecond: 1 }, { index: 'existing' });
    expect(existing.items.filter(({ part }) => /OpenSearch|VPC/.test(part))).toEqual([]);
    const units = 'OpenSearch Serverless, at least';
    expect(usdOf(SIZES.dev, units, { index: 'serverless' })).toBeCloseTo(730 * 0.24);
    expect(usdOf(SIZES.small, units, { index: 'serverless' })).toBeCloseTo(2 * 730 * 0.24);
  });

  test('takes no more for alarms than there are', () => {
    const { items } = estimate(SIZES.dev, { requestsPerSecond: 1 }, { alarms: false, dashboard: false });
    expect(items.filter(({ part }) => /larm|Dashboard/.test(part))).toEqual([]);
    expect(usdOf(SIZES.dev, 'Alarms', { alarms: { without: ['collector-late'] } })).toBeCloseTo(
      usdOf(SIZES.dev, 'Alarms') - 0.1,
    );
  });

  test('makes log lines of functions cheaper with the amount, as Lambda’s tiers do', () => {
    const logged = (rate: number) =>
      estimate(SIZES.large, { requestsPerSecond: rate, sampleRate: 0, failureShare: 0, trailEvents: 0 })
        .items.filter(({ part }) => part.startsWith('Log lines of') && !part.endsWith('kept'))
        .reduce((sum, { quantity, usdPerMonth }) => ({ gb: sum.gb + quantity, usd: sum.usd + usdPerMonth }), {
          gb: 0,
          usd: 0,
        });
    const little = logged(1_000);
    expect(little.usd).toBeCloseTo(little.gb * 0.5);
    const much = logged(100_000);
    expect(much.gb).toBeGreaterThan(50_000);
    expect(much.usd).toBeCloseTo(10_000 * 0.5 + 20_000 * 0.25 + 20_000 * 0.1 + (much.gb - 50_000) * 0.05);
  });

  test('names a node type that the list has no price for, and leaves it out of the sum', () => {
    const search = { ...SIZES.small.search, dataInstanceType: 'x9.huge.search' };
    const { unpriced, items } = estimate({ ...SIZES.small, search }, { requestsPerSecond: 1 });
    expect(unpriced).toEqual(['x9.huge.search']);
    expect(items.some(({ part }) => part === 'OpenSearch data nodes')).toBe(false);
  });

  test('is of the region as far as its prices are known, and says how far', () => {
    expect(usdOf(SIZES.dev, 'Kinesis shards', { region: 'eu-central-1' })).toBeCloseTo(1_460 * 0.018);
    expect(priceList('eu-central-1').note).toContain('the rest priced as us-east-1');
    expect(priceList('ap-south-1').note).toContain('ap-south-1 priced as us-east-1');
    expect(estimate(SIZES.dev, { requestsPerSecond: 0 }).note).toMatch(/noted on \d{4}-\d\d-\d\d, us-east-1/);
  });

  test('never falls when requests rise, and is a number for every size and choice', () => {
    const rates = fc.double({ min: 0, max: 1e6, noNaN: true });
    const options = fc.record({
      index: fc.constantFrom('domain', 'existing', 'serverless' as const),
      api: fc.boolean(),
      region: fc.constantFrom('us-east-1', 'eu-central-1', 'sa-east-1'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...sizes), rates, rates, options, (size, one, other, chosen) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)].map(
          (requestsPerSecond) => estimate(size, { requestsPerSecond }, chosen).total,
        );
        expect(less).toBeGreaterThan(0);
        expect(more).toBeGreaterThanOrEqual((less ?? 0) - 1e-6);
        expect(more).toBeLessThan(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [{ requestsPerSecond: -1 }, 'requestsPerSecond: expected a number, 0 or more, got -1'],
    [{ requestsPerSecond: Number.NaN }, 'requestsPerSecond: expected a number, 0 or more, got NaN'],
    [{ requestsPerSecond: 1, sampleRate: 2 }, 'sampleRate: expected a share from 0 to 1, got 2'],
    [{ requestsPerSecond: 1, durationMs: 0 }, 'durationMs: expected a number, 1 or more, got 0'],
  ])('%j cannot be estimated', (traffic, message) => {
    expect(() => usageOf(traffic)).toThrow(message);
  });
});

describe('as people read it', () => {
  test('a table names parts, amounts and USD, the sum and what is to pay without a request', () => {
    const lines = renderEstimate(estimate(SIZES.dev, { requestsPerSecond: 5 })).split('\n');
    expect(lines[0]).toMatch(/^part +a month +USD$/);
    expect(lines.find((line) => line.startsWith('OpenSearch data nodes'))).toMatch(
      / 730 hours of t3\.small\.search +26\.28$/,
    );
    expect(lines.some((line) => /^total +[\d,.]+$/.test(line))).toBe(true);
    expect(lines.some((line) => /^of this without a request +[\d,.]+$/.test(line))).toBe(true);
    expect(new Set(lines.slice(0, -1).map((line) => line.length)).size).toBe(1);
    expect(lines.at(-1)).toContain('us-east-1');
  });

  test('each price has a unit and a page of AWS that it is from', () => {
    for (const [key, { usd, per, source }] of Object.entries(US_EAST_1)) {
      expect(usd, key).toBeGreaterThan(0);
      expect(per, key).toMatch(/\w/);
      expect(source, key).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/$/);
    }
  });

  test('docs/costs.md is what the estimate says (write it anew with `vitest -u`)', async () => {
    await expect(costsPage()).toMatchFileSnapshot('../docs/costs.md');
  });

  test('each preset says what it costs at the rate that it is meant for', () => {
    const source = readFileSync(new URL('../aws/sizes/presets.ts', import.meta.url), 'utf8');
    const stated = [...source.matchAll(/About ([\d,]+) USD a month at ([\d,]+) requests\/s/g)].map((match) =>
      [match[1], match[2]].map((text) => Number(text?.replaceAll(',', ''))),
    );
    const computed = sizes.map(({ name }) => {
      const rate = SIZE_RATES[name];
      return [Number(estimate(SIZES[name], { requestsPerSecond: rate }).total.toPrecision(2)), rate];
    });
    expect(stated).toEqual(computed);
  });
});

describe('the presets', () => {
  test.each(sizes)('$name reserves an instance for each shard and one more', (size) => {
    const { collector, detector, logShards, signalShards } = size;
    expect(collector.reservedConcurrency).toBe(logShards * collector.parallelizationFactor + 1);
    expect(detector.reservedConcurrency).toBe(signalShards + 1);
  });

  test.each(sizes)(
    '$name has shards for the records and the lines of its rate, with room for twice as much',
    (size) => {
      const usage = usageOf({ requestsPerSecond: SIZE_RATES[size.name] });
      // Log lines shrink to a fifth at least in a subscription record; 1 MB or 1,000 records a second go into a shard.
      const compressed = (usage.platformBytes + usage.sdkBytes) / (730 * 3_600) / 5;
      expect(size.logShards * 1e6).toBeGreaterThan(2 * compressed);
      expect(size.logShards * 1_000).toBeGreaterThan(2 * usage.logRecordsPerSecond);
      expect(size.signalShards * 1_000).toBeGreaterThan(2 * usage.signalsPerSecond);
    },
  );

  test.each(sizes)('$name spreads its nodes evenly over its zones', ({ search }) => {
    expect(search.dataNodes % search.zones).toBe(0);
    expect([0, 3]).toContain(search.masterNodes);
    if (search.zones > 1) expect(search.masterNodes).toBe(3);
  });
});
