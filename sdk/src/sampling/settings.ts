/** Reads from options and environment how an instance samples, with every wrong value named. */
import { TrailgateConfigError } from '../errors.ts';
import type { Ceiling } from './detail-ceiling.ts';
import { numberFault, type SamplingFault, samplingFault } from './sampling-fault.ts';
import type { LevelRates, SampledLevel, SamplingRule } from './sampling-rule.ts';

export interface SamplingOptions {
  /** Share of successful requests that are logged in depth, 0 to 1. @default 0.01 */
  readonly rate?: number;
  /** A request that takes at least this many milliseconds is kept whole, 1 to 900,000. @default 3000 */
  readonly slowMs?: number;
  /** Keeps also what is clearly slower than the route's own 99th percentile. @default true */
  readonly adaptiveSlow?: boolean;
  /** Share of lines that are written whatever becomes of the request. @default info as `rate`, warn 1, debug and trace 0 */
  readonly levels?: Partial<Record<SampledLevel, number>>;
  /** Rates for some routes and tenants; the most specific rule wins (docs/sampling.md). */
  readonly rules?: readonly SamplingRule[];
  /**
   * Bound on the detail that one instance writes; `false` for none.
   * @default 65,536 bytes a second, 1,048,576 at once
   */
  readonly ceiling?: { readonly bytesPerSecond?: number; readonly burstBytes?: number } | false;
}

export interface SamplingSettings {
  readonly rates: LevelRates;
  readonly rules: readonly SamplingRule[];
  readonly slowMs: number;
  readonly adaptiveSlow: boolean;
  /** Undefined for none. */
  readonly ceiling: Ceiling | undefined;
}

const DEFAULT_RATE = 0.01;
const DEFAULT_SLOW_MS = 3000;
const DEFAULT_CEILING: Ceiling = { bytesPerSecond: 65_536, burstBytes: 1_048_576 };
/** A line of the greatest length must be able to pass. */
const SMALLEST_BURST = 65_536;
const LARGEST_BYTES = 1_073_741_824;
const MEMBERS = ['rate', 'slowMs', 'adaptiveSlow', 'levels', 'rules', 'ceiling'];

/**
 * An option wins over `TRAILGATE_SAMPLE_RATE` and `TRAILGATE_SLOW_MS`, and those over the defaults.
 * @throws TrailgateConfigError naming the option or variable that is wrong
 */
export function readSampling(
  options: SamplingOptions | undefined,
  env: Readonly<Record<string, string | undefined>>,
): SamplingSettings {
  if (options !== undefined && (typeof options !== 'object' || options === null)) {
    throw new TrailgateConfigError('sampling', 'an object', options);
  }
  const { rate, slowMs, adaptiveSlow, levels, rules, ceiling } = options ?? {};
  const stray = Object.keys(options ?? {}).find((name) => !MEMBERS.includes(name));
  if (stray !== undefined) {
    throw new TrailgateConfigError(`sampling.${stray}`, `one of ${MEMBERS.join(', ')}`, stray);
  }
  refuse(samplingFault({ rate, levels, rules, slowMs }), 'sampling.');
  if (adaptiveSlow !== undefined && typeof adaptiveSlow !== 'boolean') {
    throw new TrailgateConfigError('sampling.adaptiveSlow', 'true or false', adaptiveSlow);
  }
  const inDepth = rate ?? variable('TRAILGATE_SAMPLE_RATE', env, { from: 0, to: 1 }) ?? DEFAULT_RATE;
  return {
    rates: {
      trace: levels?.trace ?? 0,
      debug: levels?.debug ?? 0,
      info: levels?.info ?? inDepth,
      warn: levels?.warn ?? 1,
    },
    rules: (rules ?? []).map((rule) => ({ ...rule })),
    slowMs: slowMs ?? variable('TRAILGATE_SLOW_MS', env, { from: 1, to: 900_000 }) ?? DEFAULT_SLOW_MS,
    adaptiveSlow: adaptiveSlow ?? true,
    ceiling: readCeiling(ceiling),
  };
}

function readCeiling(given: SamplingOptions['ceiling']): Ceiling | undefined {
  if (given === false) return undefined;
  if (given === undefined) return DEFAULT_CEILING;
  if (typeof given !== 'object' || given === null) {
    throw new TrailgateConfigError('sampling.ceiling', 'false or an object', given);
  }
  const ceiling = {
    bytesPerSecond: given.bytesPerSecond ?? DEFAULT_CEILING.bytesPerSecond,
    burstBytes: given.burstBytes ?? DEFAULT_CEILING.burstBytes,
  };
  const { bytesPerSecond, burstBytes } = ceiling;
  refuse(
    numberFault('ceiling.bytesPerSecond', bytesPerSecond, { from: 1, to: LARGEST_BYTES }) ??
      numberFault('ceiling.burstBytes', burstBytes, { from: SMALLEST_BURST, to: LARGEST_BYTES }),
    'sampling.',
  );
  return ceiling;
}

function variable(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  range: { readonly from: number; readonly to: number },
): number | undefined {
  const given = env[name];
  if (given === undefined || given === '') return undefined;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  const fault = numberFault(name, value, range);
  refuse(fault === undefined ? undefined : { ...fault, got: given }, '');
  return value;
}

function refuse(fault: SamplingFault | undefined, prefix: string): void {
  if (fault !== undefined) throw new TrailgateConfigError(prefix + fault.field, fault.expected, fault.got);
}
