import { instanceKey, principalKey, type Signal, seriesKey } from '@trailgate/sdk/wire';
import type { KinesisStreamRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDetector, type DetectorOptions } from './detector.ts';
import { loadRules, shippedRules } from './rules/load-rules.ts';
import { kinesisEvent, SHARD, signalRecord } from './testing/kinesis-event.ts';
import { type Fault, type MemoryPorts, memoryPorts } from './testing/memory-ports.ts';

const options: DetectorOptions = { rules: await loadRules(shippedRules()), capTimeScale: 0.2 };
const START = Date.UTC(2026, 2, 3, 12);
const FAULTS: readonly Fault[] = [
  'before-findings',
  'after-findings',
  'before-caps',
  'after-caps',
  'before-save',
  'after-save',
];

/** What happens in one step of a shard's life. */
const step = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  what: fc.constantFrom('stuffing', 'success', 'usage', 'series', 'counted', 'platform', 'seen', 'tick'),
  many: fc.integer({ min: 1, max: 30 }),
  afterMs: fc.integer({ min: 0, max: 20_000 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Positions grow by stream, counters are cumulative: what a collector would have sent. */
function recordsOf(steps: readonly Step[]): KinesisStreamRecord[] {
  const totals = new Map<string, number>();
  const total = (of: string, by: number): number => {
    totals.set(of, (totals.get(of) ?? 0) + by);
    return totals.get(of) ?? 0;
  };
  let at = START;
  return steps.map((lived, number) => {
    at += lived.afterMs;
    return recordOf(lived, number, at, total);
  });
}

function recordOf(
  { who, what, many }: Step,
  number: number,
  at: number,
  total: (of: string, by: number) => number,
): KinesisStreamRecord {
  const stream = `log/instance-${who}`;
  const from = { stream, position: String(number * 100) };
  const principal = `ip:203.0.113.${who}`;
  const key = principalKey('acme', principal);
  const common = { at, from, service: 'api' };
  const person = { ...common, tenant: 'acme', principal };
  const send = (to: string, ...signals: Signal[]): KinesisStreamRecord => signalRecord(number, to, signals);
  switch (what) {
    case 'stuffing':
    case 'success':
      return send(
        key,
        ...Array.from({ length: many }, (_, n): Signal => {
          const action = what === 'success' ? 'authn_login_success' : 'authn_login_fail';
          const position = String(number * 100 + n);
          const user = `user-${(number * 7 + n) % 40}`;
          const event = { action, outcome: 'unknown', count: 1, user } as const;
          return { kind: 'trail', ...person, ...event, from: { stream, position } };
        }),
      );
    case 'usage':
      return send(key, { kind: 'usage', ...person, requests: total(key, many * 12), refused: 0 });
    case 'series': {
      const count = total('series', many);
      return send(seriesKey('api'), {
        kind: 'series',
        ...common,
        requests: [{ route: 'GET /a', status: 500, tenant: 'acme', count }],
        latency: [{ route: 'GET /a', buckets: [[200, count]] }],
        counters: [{ name: 'Orders', unit: 'Count', value: count }],
        from: { stream: 'log/one', position: String(number) },
      });
    }
    case 'counted':
      return send(instanceKey(stream), {
        kind: 'counted',
        ...common,
        invocations: total(`counted${who}`, many),
      });
    case 'platform': {
      const starts = { coldStarts: 1, failures: 1 };
      return send(instanceKey(stream), {
        kind: 'platform',
        at,
        from,
        functionName: 'fn',
        reports: many,
        ...starts,
      });
    }
    case 'seen': {
      // Every third time, the record before has been lost.
      const last = total(`seen${who}`, many + (number % 3 === 0 ? 1 : 0));
      const position = String(last);
      return send(instanceKey(stream), {
        kind: 'seen',
        at,
        from: { stream: `${stream}#00112233445566a${who}`, position },
        ranges: [[last - many + 1, last]],
      });
    }
    case 'tick':
      return send('tick', { kind: 'tick', at: at + many * 60_000, from });
  }
}

/** Delivers the records in batches cut at random, as Lambda does: a failed batch comes again from its first record. */
async function deliver(
  records: readonly KinesisStreamRecord[],
  world: MemoryPorts,
  plan: readonly { size: number; fault: Fault | undefined; again: number; cold: boolean }[],
): Promise<void> {
  let detector = createDetector(world, options);
  let turn = 0;
  for (let from = 0; from < records.length; ) {
    const { size, fault, again, cold } = plan[turn % plan.length] ?? {
      size: 1,
      fault: undefined,
      again: 0,
      cold: false,
    };
    // After as many turns as are planned, faults stop, so that delivery ends.
    world.fault = turn < plan.length ? fault : undefined;
    turn += 1;
    if (cold) detector = createDetector(world, options);
    const begin = Math.max(0, from - again);
    const batch = records.slice(begin, from + size);
    const { batchItemFailures } = await detector(kinesisEvent(batch));
    world.fault = undefined;
    if (batchItemFailures.length > 0) {
      expect(batchItemFailures).toEqual([{ itemIdentifier: batch[0]?.kinesis.sequenceNumber }]);
      continue;
    }
    from += size;
  }
}

const plan = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 12 }),
    fault: fc.option(fc.constantFrom(...FAULTS), { nil: undefined }),
    again: fc.integer({ min: 0, max: 10 }),
    cold: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

const steps = fc.array(step, { minLength: 20, maxLength: 60 });

function sums(world: MemoryPorts): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { name, at, dimensions, values, counts } of world.published) {
    const key = JSON.stringify([name, at, dimensions]);
    const sum = values.reduce((part, value, place) => part + value * (counts[place] ?? 0), 0);
    totals.set(key, (totals.get(key) ?? 0) + sum);
  }
  return totals;
}

describe('a shard delivered in any way', () => {
  test('makes the same findings, caps and final state, whatever is re-batched, repeated or crashes', async () => {
    const hits = new Map<string, number>();
    let struck = 0;
    await fc.assert(
      fc.asyncProperty(steps, plan, async (lived, delivery) => {
        const records = recordsOf(lived);
        const once = memoryPorts();
        await createDetector(once, options)(kinesisEvent(records));
        const many = memoryPorts();
        await deliver(records, many, delivery);
        for (const finding of once.findingsById.values()) {
          const rule = /"name":"([a-z-]+)"/.exec(finding)?.[1] ?? 'none';
          hits.set(rule, (hits.get(rule) ?? 0) + 1);
        }
        struck += many.observed.filter(({ event }) => event === 'batch-failed').length;
        expect(many.findingsById).toEqual(once.findingsById);
        expect(many.capsByClient).toEqual(once.capsByClient);
        expect(many.snapshotsByShard.get(SHARD)?.state).toBe(once.snapshotsByShard.get(SHARD)?.state);
      }),
      { numRuns: 300 },
    );
    // The property says nothing if there was nothing to lose.
    for (const rule of ['credential-stuffing', 'noisy-client', 'uncounted-requests', 'records-missing']) {
      expect(hits.get(rule), rule).toBeGreaterThan(30);
    }
    expect(struck).toBeGreaterThan(100);
  });

  test('publishes the same sums when only the batches differ', async () => {
    await fc.assert(
      fc.asyncProperty(steps, plan, async (lived, delivery) => {
        const records = recordsOf(lived);
        const once = memoryPorts();
        await createDetector(once, options)(kinesisEvent(records));
        const many = memoryPorts();
        await deliver(
          records,
          many,
          delivery.map((turn) => ({ ...turn, fault: undefined })),
        );
        expect(sums(many)).toEqual(sums(once));
      }),
      { numRuns: 100 },
    );
  });

  test('counts every source once when the collector sends it again under new sequence numbers', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat({ max: 59 }), async (lived, from) => {
        const records = recordsOf(lived.filter(({ what }) => what !== 'tick'));
        const once = memoryPorts();
        await createDetector(once, options)(kinesisEvent(records));
        const repeated = [...records.slice(0, from), ...records.slice(0, from), ...records.slice(from)];
        const renumbered = repeated.map(({ kinesis }, number) => {
          const { key, signals } = JSON.parse(Buffer.from(kinesis.data, 'base64').toString()) as {
            key: string;
            signals: Signal[];
          };
          return signalRecord(number, key, signals);
        });
        const twice = memoryPorts();
        await createDetector(twice, options)(kinesisEvent(renumbered));
        expect(twice.findingsById).toEqual(once.findingsById);
        expect(twice.capsByClient).toEqual(once.capsByClient);
      }),
      { numRuns: 100 },
    );
  });
});
