/** Draws what a seed's run is like: the deployment's settings and its faults. */
import type { CollectorOptions } from '@trailgate/collectors';
import type { RetryPolicy } from '../../../infra/local/event-source/next-step.ts';
import { Seeded } from '../schedule/seeded.ts';
import { CALL_FAULTS, type Fault, type FunctionName, type Service } from './fault.ts';

export interface Plan {
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly start: number;
  /** Milliseconds after the start at which nothing goes wrong any more. */
  readonly healMs: number;
  readonly shards: number;
  readonly batchSize: number;
  readonly policy: RetryPolicy;
  /** Lambda's limit for one invocation, milliseconds. */
  readonly timeoutMs: number;
  /** How long an adapter waits for an answer, milliseconds. */
  readonly callLimitMs: number;
  readonly options: CollectorOptions & { readonly maxInflatedBytes: number };
  /** Largest body that the index takes, bytes. */
  readonly bodyLimit: number;
  /** One log stream's records go to any shard, in any order: `Distribution: Random` of a subscription. */
  readonly scattered: boolean;
  /** The index refuses poison for its mapping until the world is mended, and takes it when it is replayed. */
  readonly mappingMended: boolean;
  /** Only the business index is in trouble, so that the trail must not notice. */
  readonly onlyBusiness: boolean;
  readonly faults: readonly Fault[];
  /** Records that are left out, by their place; for making a failing run shorter. */
  readonly leftOut: readonly number[];
}

/** Small, so that a record that inflates to more costs a run little. */
export const SMALL_INFLATED_BYTES = 300_000;
const NOON = Date.parse('2026-11-22T12:00:00.000Z');
const BEFORE_MIDNIGHT = Date.parse('2026-11-22T23:59:40.000Z');

export function drawPlan(seed: number): Plan {
  const chance = new Seeded(seed).fork('plan');
  const onlyBusiness = chance.chance(0.2);
  const retries = chance.pick([-1, -1, 1, 3]);
  return {
    seed,
    start: chance.chance(0.2) ? BEFORE_MIDNIGHT : NOON,
    healMs: chance.pick([20_000, 45_000, 90_000]),
    shards: chance.between(1, 3),
    batchSize: chance.pick([1, 3, 10, 100]),
    policy: {
      bisectBatchOnFunctionError: chance.chance(0.7),
      maximumRetryAttempts: onlyBusiness ? -1 : retries,
      maximumRecordAgeInSeconds: !onlyBusiness && chance.chance(0.2) ? 60 : -1,
    },
    timeoutMs: chance.pick([15_000, 30_000, 60_000]),
    callLimitMs: chance.pick([3_000, 8_000, 25_000]),
    options: {
      ...(chance.chance(0.4) ? { bulkBytes: chance.pick([1, 2_000, 6_000]) } : {}),
      ...(chance.chance(0.3) ? { inFlightBytes: chance.pick([1_000, 8_000]) } : {}),
      maxInflatedBytes: chance.chance(0.04) ? 2_000_000 : SMALL_INFLATED_BYTES,
    },
    bodyLimit: chance.chance(0.2) ? chance.pick([5_000, 12_000]) : 10_000_000,
    scattered: chance.chance(0.1),
    mappingMended: chance.chance(0.3),
    onlyBusiness,
    faults: onlyBusiness ? businessFaults(chance) : allFaults(chance),
    leftOut: [],
  };
}

function allFaults(chance: Seeded): readonly Fault[] {
  const faults: Fault[] = [];
  // Seldom needed, so it has to be sick when it is.
  if (chance.chance(0.5)) {
    const name = chance.pick(CALL_FAULTS['on-failure']);
    faults.push({ is: 'call', service: 'on-failure', name, strikes: { call: 1 } });
  }
  const many = chance.between(2, 14);
  while (faults.length < many) faults.push(drawFault(chance));
  return faults;
}

function businessFaults(chance: Seeded): readonly Fault[] {
  const whole = { fromMs: 0, toMs: 60_000 };
  if (chance.chance(0.3)) return [{ is: 'red index', channel: 'business', ...whole }];
  const name = chance.pick(CALL_FAULTS.business);
  return [{ is: 'call', service: 'business', name, strikes: { ...whole, share: 1 } }];
}

const WEIGHTED: readonly (readonly [weight: number, draw: (chance: Seeded) => Fault])[] = [
  [30, drawCallFault],
  [14, drawKill],
  [3, drawRedIndex],
  [3, drawClockJump],
  [3, drawRepeat],
  [2, drawRestart],
  [3, drawReshard],
  [4, drawTwice],
  [3, drawDamage],
  [2, (chance) => ({ is: 'control message', delivery: chance.between(1, 8) })],
];
const WEIGHT = WEIGHTED.reduce((sum, [weight]) => sum + weight, 0);

function drawFault(chance: Seeded): Fault {
  let left = chance.next() * WEIGHT;
  for (const [weight, draw] of WEIGHTED) {
    left -= weight;
    if (left < 0) return draw(chance);
  }
  return drawCallFault(chance);
}

/** The indices, where most can go wrong, are struck most. */
const STRUCK: readonly Service[] = [
  'business',
  'business',
  'business',
  'trail',
  'trail',
  'trail',
  'quarantine',
  'signals',
  'signals',
  'findings',
  'caps',
  'snapshots',
  'on-failure',
];

function drawCallFault(chance: Seeded): Fault {
  const service = chance.pick(STRUCK);
  const name = chance.pick(CALL_FAULTS[service]);
  if (chance.chance(0.6)) {
    return { is: 'call', service, name, strikes: { call: chance.between(1, CALLS[service]) } };
  }
  const fromMs = chance.between(0, 20_000);
  const toMs = fromMs + chance.pick([500, 5_000, 40_000]);
  return { is: 'call', service, name, strikes: { fromMs, toMs, share: chance.pick([0.3, 0.7, 1]) } };
}

/** About how many calls of a service a run makes. */
const CALLS: Readonly<Record<Service, number>> = {
  business: 12,
  trail: 8,
  quarantine: 4,
  signals: 6,
  findings: 2,
  caps: 4,
  snapshots: 8,
  'on-failure': 1,
};

function drawKill(chance: Seeded): Fault {
  const of = functionName(chance);
  return { is: 'kill', of, step: chance.between(1, of === 'collector' ? 90 : 50) };
}

function drawRedIndex(chance: Seeded): Fault {
  const fromMs = chance.between(0, 15_000);
  const toMs = fromMs + chance.between(1_000, 60_000);
  return { is: 'red index', channel: chance.pick(['business', 'trail'] as const), fromMs, toMs };
}

function drawClockJump(chance: Seeded): Fault {
  const byMs = chance.pick([-3_600_000, -20_000, -2_000, 3_000, 30_000, 86_400_000]);
  return { is: 'clock jump', of: functionName(chance), atMs: chance.between(0, 20_000), byMs };
}

function drawRepeat(chance: Seeded): Fault {
  return { is: 'batch repeated', of: functionName(chance), invocation: chance.between(1, 6) };
}

function drawRestart(chance: Seeded): Fault {
  return { is: 'pollers restarted', of: functionName(chance), atMs: chance.between(0, 20_000) };
}

function drawReshard(chance: Seeded): Fault {
  const is = chance.pick(['shard split', 'shards merged'] as const);
  return { is, atMs: chance.between(0, 15_000), choice: chance.between(0, 9) };
}

function drawTwice(chance: Seeded): Fault {
  const afterMs = chance.pick([0, 1_000, 20_000]);
  return { is: 'delivered twice', delivery: chance.between(1, 10), afterMs };
}

function drawDamage(chance: Seeded): Fault {
  const is = chance.pick(['corrupt gzip', 'cut record'] as const);
  return { is, delivery: chance.between(1, 10), choice: chance.between(0, 999) };
}

function functionName(chance: Seeded): FunctionName {
  return chance.chance(0.7) ? 'collector' : 'detector';
}
