/** What detectors make of folded signals: the same whatever the batches, as often as records come. */
import {
  FUNCTION_METRICS,
  instanceKey,
  METRICS,
  principalKey,
  type SeriesSignal,
  type Signal,
  type SignalBatch,
  seriesKey,
} from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeyedSignal } from '../../collectors/src/kinds/kind.ts';
import { batchSignals } from '../../collectors/src/signals/batch-signals.ts';
import { foldSignals } from '../../collectors/src/signals/fold-signals.ts';
import { detected, totalsOf } from './signal-detector.ts';

const START = Date.UTC(2026, 2, 3, 12);

const step = fc.record({
  instance: fc.nat({ max: 2 }),
  client: fc.nat({ max: 1 }),
  what: fc.constantFrom('stuffing', 'stuffing', 'success', 'usage', 'series', 'counted', 'platform', 'edge'),
  many: fc.integer({ min: 1, max: 40 }),
  afterMs: fc.nat({ max: 15_000 }),
  /** Begins a new Kinesis record of its instance's log stream. */
  cut: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const FIRST: Omit<Step, 'instance'> = { client: 0, what: 'counted', many: 1, afterMs: 0, cut: true };

/** The signals of each Kinesis record, in the shard's order; three instances and the edge write at the same time. */
function recordsOf(steps: readonly Step[]): readonly (readonly KeyedSignal[])[] {
  const records: KeyedSignal[][] = [];
  const open = new Map<number, KeyedSignal[]>();
  const totals = new Map<string, number>();
  let at = START;
  // What the platform says of a function is its service's once the SDK has spoken.
  const spoken = [0, 1, 2].map((instance) => ({ ...FIRST, instance }));
  for (const [number, lived] of [...spoken, ...steps].entries()) {
    at += lived.afterMs;
    let record = open.get(lived.instance);
    if (record === undefined || lived.cut) {
      record = [];
      records.push(record);
      open.set(lived.instance, record);
    }
    record.push(...signalsOf(lived, number, at, totals));
  }
  return records;
}

function signalsOf(
  { instance, client, what, many }: Step,
  number: number,
  at: number,
  totals: Map<string, number>,
): readonly KeyedSignal[] {
  const group = `/aws/lambda/fn/instance-${instance}`;
  const stream = `${group}#00112233445566a${instance}`;
  const position = (n = 0): string => String(1_000 + number * 100 + n);
  const from = { stream, position: position() };
  const principal = `ip:203.0.113.${client}`;
  const person = { service: 'api', tenant: 'acme', principal };
  const total = (of: string): number => {
    totals.set(of, (totals.get(of) ?? 0) + many);
    return totals.get(of) ?? 0;
  };
  switch (what) {
    case 'stuffing':
    case 'success':
    case 'edge':
      return Array.from({ length: many }, (_, n): KeyedSignal => {
        const user = `user-${(number * 7 + n) % 30}`;
        const event =
          what === 'edge'
            ? ({ action: 'excess_rate_limit_exceeded', outcome: 'failure' } as const)
            : what === 'success'
              ? ({ action: 'authn_login_success', outcome: 'success', user } as const)
              : ({ action: 'authn_login_fail', outcome: 'failure', user } as const);
        const origin = { stream: what === 'edge' ? `api-access/${instance}` : stream, position: position(n) };
        return {
          key: principalKey('acme', principal),
          signal: { kind: 'trail', at: at + n * 40, from: origin, ...person, count: 1, ...event },
        };
      });
    case 'usage': {
      const requests = total(`usage ${instance} ${client}`) * 12;
      const signal = { kind: 'usage', at, from, ...person, requests, refused: 0 } as const;
      return [{ key: principalKey('acme', principal), signal }];
    }
    case 'series': {
      const count = total(`series ${instance}`);
      const route = `GET /${client}`;
      const signal: SeriesSignal = {
        kind: 'series',
        at,
        from,
        service: 'api',
        requests: [{ route, status: many % 2 === 0 ? 500 : 429, tenant: `t${many % 3}`, count }],
        latency: [{ route, buckets: [[200 + (many % 4), count]] }],
        counters: [{ name: 'Orders', unit: 'Count', value: count }],
      };
      return [{ key: seriesKey('api'), signal }];
    }
    case 'counted': {
      const invocations = total(`counted ${instance}`);
      return [
        {
          key: instanceKey(group),
          signal: { kind: 'counted', at, from, service: 'api', invocations },
        },
      ];
    }
    case 'platform':
      return Array.from({ length: many % 5 }, (_, n): KeyedSignal => {
        const report = { reports: 1, coldStarts: n === 0 ? 1 : 0, failures: n % 2, timeouts: n % 2 };
        const measured = { durationMs: 8, billedMs: 9, memoryMb: 256, maxMemoryMb: 100 + many - n };
        const begun = n === 0 ? { initMs: 150 } : {};
        const origin = { stream: group, position: position(n) };
        const signal: Signal = {
          kind: 'platform',
          at: at + n * 9_000,
          from: origin,
          functionName: 'fn',
          ...report,
          ...measured,
          ...begun,
        };
        return { key: instanceKey(group), signal };
      });
  }
}

type Record = readonly KeyedSignal[];

function putOf(records: readonly Record[]): readonly SignalBatch[] {
  return batchSignals(records.flatMap((record) => foldSignals(record)));
}

/** Batches as an event source cuts them: after some of them, records that were done come once more in another cut. */
function putInBatches(
  records: readonly Record[],
  plan: readonly { readonly size: number; readonly again: number }[],
): readonly SignalBatch[] {
  const put: SignalBatch[] = [];
  let from = 0;
  for (let turn = 0; from < records.length; turn++) {
    const { size, again } = plan[turn % plan.length] ?? { size: 1, again: 0 };
    put.push(...putOf(records.slice(Math.max(0, from - again), from + size)));
    from += size;
  }
  return put;
}

const steps = fc.array(step, { minLength: 10, maxLength: 50 });
const plan = fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), again: fc.nat({ max: 6 }) }), {
  minLength: 1,
  maxLength: 20,
});
const END = START + 50 * 15_000;

test('any batches and any repetition make the findings, caps and metrics of one record after another', async () => {
  const rules = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(steps, plan, async (lived, cuts) => {
      const records = recordsOf(lived);
      const once = await detected(
        records.flatMap((record) => putOf([record])),
        END,
      );
      const many = await detected(putInBatches(records, cuts), END);
      expect(many.findingsById).toEqual(once.findingsById);
      expect(many.capsByClient).toEqual(once.capsByClient);
      expect(totalsOf(many)).toEqual(totalsOf(once));
      for (const finding of once.findingsById.values()) {
        const rule = /"name":"([a-z-]+)"/.exec(finding)?.[1] ?? 'none';
        rules.set(rule, (rules.get(rule) ?? 0) + 1);
      }
    }),
    { numRuns: 150 },
  );
  // The property says nothing if there was nothing to find.
  for (const rule of ['credential-stuffing', 'noisy-client', 'uncounted-requests']) {
    expect(rules.get(rule) ?? 0, rule).toBeGreaterThan(15);
  }
});

test('folding changes no sum of any minute', async () => {
  const published = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (lived) => {
      const records = recordsOf(lived);
      const folded = await detected(
        records.flatMap((record) => putOf([record])),
        END,
      );
      const unfolded = await detected(
        records.flatMap((record) => batchSignals(record)),
        END,
      );
      expect(totalsOf(folded)).toEqual(totalsOf(unfolded));
      for (const { name } of folded.published) published.add(name);
    }),
    { numRuns: 60 },
  );
  // Its own test has steps in which records are missing.
  const here = Object.values(METRICS).filter(({ name }) => name !== METRICS.missingRecords.name);
  for (const { name } of here) expect(published).toContain(name);
  for (const { name } of Object.values(FUNCTION_METRICS)) {
    // No report of this test tells of memory that ran out or of a crash.
    if (name !== 'OutOfMemory' && name !== 'Crashes') expect(published).toContain(name);
  }
});
