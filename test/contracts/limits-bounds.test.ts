import {
  bucketPartition,
  clientPartition,
  createLimiter,
  type DetectorCap,
  DynamoError,
  type LimitDecision,
  type Limiter,
} from '@trailgate/sdk/limits';
import { writeCap } from '@trailgate/sdk/limits/table';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryDynamo, type MemoryDynamo, type MemoryDynamoOptions } from './memory-dynamo.ts';

const T0 = 1_800_000_000_000;
const tables = { limits: 'limits', buckets: 'buckets' };
const LEASE_S = 1;
const SLACK_S = 0.5;

function cap(change: Partial<DetectorCap>): DetectorCap {
  const times = { hold: T0 + 3_600_000, end: T0 + 7_200_000, seq: 1 };
  return {
    rate: 5,
    burst: 5,
    cls: '*',
    ...times,
    why: 'rule',
    ev: 'e',
    strike: 1,
    mode: 'enforce',
    ...change,
  };
}

function write(
  dynamo: MemoryDynamo,
  change: Partial<DetectorCap>,
  now = T0,
  detector = 'rule',
): Promise<unknown> {
  const guard = { scope: 'all', max: 100 };
  return writeCap(dynamo, tables, {
    tenant: 't',
    client: 'c',
    detector,
    cap: cap(change),
    window: 'w',
    guard,
    now,
  });
}

async function limiters(dynamo: MemoryDynamo, count: number, random: () => number): Promise<Limiter[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const limiter = createLimiter({
        dynamo,
        tables,
        base: { rate: 1000, burst: 2000, floor: 0.05 },
        clock: () => T0,
        random,
        bucketTimeoutMs: 10_000,
        refreshBudgetMs: 10_000,
      });
      await limiter.load();
      return limiter;
    }),
  );
}

/** Small linear congruential generator: a seed repeats the whole run. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Answers after a few turns of the microtask queue, so that requests of several instances interleave. */
function interleaving(random: () => number): MemoryDynamoOptions {
  return {
    pause: async () => {
      for (let turns = Math.floor(random() * 8); turns > 0; turns--) await undefined;
    },
  };
}

/** Offers `perStep` requests each `stepMs` to random instances; returns when each admitted one came, in ms from the start. */
async function offer(
  instances: readonly Limiter[],
  load: {
    readonly stepMs: number;
    readonly steps: number;
    readonly perStep: number;
    readonly skewMs?: number;
  },
  random: () => number,
  during: (step: number) => Promise<unknown> | undefined = () => undefined,
): Promise<number[]> {
  const admitted: number[] = [];
  const skews = instances.map(() => (random() * 2 - 1) * (load.skewMs ?? 0));
  for (let step = 0; step < load.steps; step++) {
    const at = step * load.stepMs;
    const decisions: (LimitDecision | Promise<LimitDecision>)[] = [];
    const change = during(step);
    for (let i = 0; i < load.perStep; i++) {
      const chosen = Math.floor(random() * instances.length);
      const now = T0 + at + (skews[chosen] ?? 0);
      const decision = instances[chosen]?.decide({ tenant: 't', clients: ['c'], cls: '*', now });
      if (decision !== undefined) decisions.push(decision);
    }
    await change;
    for (const decision of await Promise.all(decisions)) if (decision.allowed) admitted.push(at);
  }
  return admitted;
}

/** Most that any window holds beyond `burst + rate · w`. */
function excess(admitted: readonly number[], rate: number, burst: number): number {
  let worst = Number.NEGATIVE_INFINITY;
  admitted.forEach((to, last) => {
    for (let first = last; first >= 0; first--) {
      const window = (to - (admitted[first] ?? to)) / 1000;
      worst = Math.max(worst, last - first + 1 - burst - rate * window);
    }
  });
  return worst;
}

describe('what all instances admit together', () => {
  const scenario = fc.record({
    seed: fc.integer(),
    rate: fc.oneof(fc.constantFrom(0.05, 0.5, 1), fc.integer({ min: 2, max: 100 })),
    burst: fc.integer({ min: 1, max: 40 }),
    instances: fc.integer({ min: 1, max: 8 }),
    stepMs: fc.integer({ min: 1, max: 400 }),
    perStep: fc.integer({ min: 1, max: 12 }),
    skewMs: fc.integer({ min: 0, max: 50 }),
    returnsOldItem: fc.boolean(),
  });

  test('never passes burst + rate · (w + lease + slack + skew) in any window', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ seed, rate, burst, instances, returnsOldItem, ...load }) => {
        const random = generator(seed);
        const dynamo = createMemoryDynamo({ ...interleaving(random), returnsOldItem });
        await write(dynamo, { rate, burst });
        const admitted = await offer(
          await limiters(dynamo, instances, random),
          { ...load, steps: 60 },
          random,
        );
        expect(admitted.length).toBeGreaterThanOrEqual(1);
        const slack = SLACK_S + (2 * load.skewMs) / 1000 + (rate * LEASE_S >= 8 ? LEASE_S : 0);
        expect(excess(admitted, rate, burst)).toBeLessThanOrEqual(rate * slack + 1);
      }),
      { numRuns: 300 },
    );
  });

  test('throttled writes refuse instead of admitting', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ seed, rate, burst, instances, returnsOldItem, ...load }) => {
        const random = generator(seed);
        const dynamo = createMemoryDynamo({
          ...interleaving(random),
          returnsOldItem,
          fault: (operation, input) =>
            operation === 'UpdateItem' && input.TableName === 'buckets' && random() < 0.5
              ? new DynamoError('ProvisionedThroughputExceededException', 'slow down')
              : undefined,
        });
        const unlimited = createMemoryDynamo();
        await write(unlimited, { rate, burst });
        dynamo.put('limits', unlimited.item('limits', clientPartition('t', 'c'), 'CAP'));
        const admitted = await offer(
          await limiters(dynamo, instances, random),
          { ...load, steps: 60 },
          random,
        );
        const slack = SLACK_S + (2 * load.skewMs) / 1000 + (rate * LEASE_S >= 8 ? LEASE_S : 0);
        expect(excess(admitted, rate, burst)).toBeLessThanOrEqual(rate * slack + 1);
      }),
      { numRuns: 100 },
    );
  });

  test('comes close to the cap under steady overload', async () => {
    for (const [rate, instances] of [
      [2, 3],
      [10, 4],
      [50, 8],
      [200, 16],
    ] as const) {
      const random = generator(rate);
      const dynamo = createMemoryDynamo(interleaving(random));
      await write(dynamo, { rate, burst: rate });
      const fleet = await limiters(dynamo, instances, random);
      const load = { stepMs: 20, steps: 1500, perStep: Math.ceil(rate / 10) };
      const admitted = await offer(fleet, load, random);
      expect(admitted.length / (rate * 31)).toBeGreaterThan(0.85);
      expect(admitted.length / (rate * 31)).toBeLessThan(1.06);
      const writes = dynamo.calls.get('UpdateItem buckets') ?? 0;
      // Two of three writes are granted; what is refused is spread over a second by each instance.
      expect(writes).toBeLessThan(2.2 * admitted.length + instances * 31);
    }
  });

  test('falls to a new cap within the hard bound of two seconds', async () => {
    const random = generator(7);
    const dynamo = createMemoryDynamo(interleaving(random));
    await write(dynamo, { rate: 100, burst: 100 });
    const fleet = await limiters(dynamo, 6, random);
    const cutAt = 200;
    const admitted = await offer(fleet, { stepMs: 20, steps: 700, perStep: 5 }, random, (step) =>
      step === cutAt ? write(dynamo, { rate: 2, burst: 2, seq: 2 }, T0 + cutAt * 20) : undefined,
    );
    const late = admitted.filter((at) => at > cutAt * 20 + 2000);
    expect(late.length).toBeGreaterThan(10);
    expect(excess(late, 2, 2)).toBeLessThanOrEqual(2 * SLACK_S + 1);
  });
});

describe('what decisions cost', () => {
  test('repeated refusals ask no table', async () => {
    const dynamo = createMemoryDynamo();
    await write(dynamo, { rate: 0.1, burst: 1 });
    const [limiter] = await limiters(dynamo, 1, () => 0.5);
    const query = { tenant: 't', clients: ['c'], cls: '*', now: T0 };
    await limiter?.decide(query);
    const before = dynamo.calls.get('UpdateItem buckets');
    for (let i = 0; i < 1000; i++) expect(await limiter?.decide(query)).toMatchObject({ allowed: false });
    expect(dynamo.calls.get('UpdateItem buckets')).toBe(before);
    expect(dynamo.calls.get('GetItem buckets')).toBeUndefined();
  });

  test('a request that one name refuses spends no tokens of its other names', async () => {
    const dynamo = createMemoryDynamo();
    await write(dynamo, { rate: 0.1, burst: 1 });
    const guard = { scope: 'all', max: 100 };
    const other = {
      tenant: 't',
      client: 'ip',
      detector: 'rule',
      cap: cap({ rate: 5, burst: 5 }),
      window: 'w',
    };
    await writeCap(dynamo, tables, { ...other, guard, now: T0 });
    const [limiter] = await limiters(dynamo, 1, () => 0.5);
    for (let i = 0; i < 50; i++)
      await limiter?.decide({ tenant: 't', clients: ['ip', 'c'], cls: '*', now: T0 });
    const decisions = [];
    for (let i = 0; i < 8; i++) {
      decisions.push(await limiter?.decide({ tenant: 't', clients: ['ip'], cls: '*', now: T0 }));
    }
    expect(decisions.filter((decision) => decision?.allowed)).toHaveLength(4);
  });
});

describe('while the table does not answer', () => {
  test('each instance keeps to the cap alone, and all return to the shared one afterwards', async () => {
    let down = false;
    const random = generator(3);
    const dynamo = createMemoryDynamo({
      fault: () => (down ? new DynamoError('TimeoutError', 'no answer') : undefined),
    });
    await write(dynamo, { rate: 5, burst: 5 });
    const fleet = await limiters(dynamo, 3, random);
    const admitted = await offer(fleet, { stepMs: 20, steps: 1500, perStep: 3 }, random, (step) => {
      down = step >= 500 && step < 1000;
      return undefined;
    });
    const within = (from: number, to: number): number[] => admitted.filter((at) => at >= from && at < to);
    const outage = within(10_000, 20_000);
    expect(outage.length).toBeGreaterThan(5 * 9);
    expect(excess(outage, 3 * 5, 3 * 5)).toBeLessThanOrEqual(1);
    expect(excess(within(22_000, 30_000), 5, 5)).toBeLessThanOrEqual(5 * SLACK_S + 1);
  });

  test('clients without caps are served and the caps last read are kept', async () => {
    let down = false;
    const dynamo = createMemoryDynamo({
      fault: () => (down ? new DynamoError('InternalServerError', 'down') : undefined),
    });
    await write(dynamo, { rate: 0.1, burst: 1 });
    const [limiter] = await limiters(dynamo, 1, () => 0.5);
    down = true;
    const decide = (client: string, ms: number) =>
      limiter?.decide({ tenant: 't', clients: [client], cls: '*', now: T0 + ms });
    for (const ms of [0, 1500, 5000, 60_000]) expect(await decide('free', ms)).toEqual({ allowed: true });
    expect(await decide('c', 100_000)).toEqual({ allowed: true });
    expect(await decide('c', 100_001)).toMatchObject({ allowed: false });
  });
});

describe('writes of caps', () => {
  const cuts = fc.uniqueArray(
    fc.record({
      detector: fc.constantFrom('a', 'b', 'c'),
      seq: fc.integer({ min: 1, max: 8 }),
      rate: fc.double({ min: 0.05, max: 50, noNaN: true }),
    }),
    { selector: (cut) => `${cut.detector} ${cut.seq}`, minLength: 1, maxLength: 12 },
  );

  test('end in the same caps in any order and with any repetition', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, fc.array(fc.nat()), fc.integer(), async (wanted, repeats, seed) => {
        const serial = createMemoryDynamo();
        for (const { detector, ...change } of [...wanted].sort((x, y) => x.seq - y.seq)) {
          await write(serial, change, T0, detector);
        }
        const random = generator(seed);
        const racing = createMemoryDynamo(interleaving(random));
        const again = repeats.flatMap((index) => wanted[index % wanted.length] ?? []);
        const order = [...wanted, ...again]
          .map((cut) => ({ cut, place: random() }))
          .sort((x, y) => x.place - y.place);
        await Promise.all(
          order.map(({ cut: { detector, ...change } }) => write(racing, change, T0, detector)),
        );
        const detectors = (dynamo: MemoryDynamo): unknown =>
          ['k_a', 'k_b', 'k_c'].map(
            (name) => dynamo.item('limits', clientPartition('t', 'c'), 'CAP')?.[name],
          );
        expect(detectors(racing)).toEqual(detectors(serial));
      }),
      { numRuns: 300 },
    );
  });

  test('one that came in between is never counted under the version before it', async () => {
    const random = generator(11);
    const dynamo = createMemoryDynamo(interleaving(random));
    await write(dynamo, { rate: 50, burst: 1 });
    const fleet = await limiters(dynamo, 4, random);
    let seq = 1;
    await offer(fleet, { stepMs: 30, steps: 200, perStep: 6 }, random, (step) => {
      const bucket = dynamo.item('buckets', bucketPartition('t', 'c', '*'));
      expect(Number(bucket?.tv?.N ?? 0)).toBeLessThanOrEqual(Number(bucket?.cv?.N ?? 0));
      return step % 40 === 20 ? write(dynamo, { rate: 50, burst: 1, seq: ++seq }, T0 + step * 30) : undefined;
    });
    const caps = dynamo.item('limits', clientPartition('t', 'c'), 'CAP');
    expect(dynamo.item('buckets', bucketPartition('t', 'c', '*'))?.tv).toEqual(caps?.ver);
  });
});
