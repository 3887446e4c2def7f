/** Reads from options and environment how an instance samples, with every wrong value named. */
import { TrailgateConfigError } from '../errors.ts';
import type { Ceiling } from './detail-ceiling.ts';
import { type Check, is, members, RATE_CHECKS, type SamplingFault, within } from './sampling-check.ts';
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

type Environment = Readonly<Record<string, string | undefined>>;

/** A line of the greatest length must be able to pass. */
const SMALLEST_BURST = 65_536;
const LARGEST_BYTES = 1_073_741_824;

const checkOptions = members({
  ...RATE_CHECKS,
  adaptiveSlow: is('true or false', (value) => typeof value === 'boolean'),
  ceiling: (value, path) =>
    value === false ? undefined : (orFalse(value, path) ?? checkCeiling(value, path)),
});
const orFalse = is('false or an object', (value) => typeof value === 'object');
const checkCeiling = members({
  bytesPerSecond: within(1, LARGEST_BYTES),
  burstBytes: within(SMALLEST_BURST, LARGEST_BYTES),
});

/**
 * An option wins over `TRAILGATE_SAMPLE_RATE` and `TRAILGATE_SLOW_MS`, and those over the defaults.
 * @throws TrailgateConfigError naming the option or variable that is wrong
 */
export function readSampling(options: SamplingOptions | undefined, env: Environment): SamplingSettings {
  refuse(checkOptions(options, 'sampling'));
  const { rate, slowMs, adaptiveSlow = true, levels, rules = [], ceiling = {} } = options ?? {};
  const {
    trace = 0,
    debug = 0,
    info = rate ?? variable(env, 'TRAILGATE_SAMPLE_RATE', RATE_CHECKS.rate) ?? 0.01,
    warn = 1,
  } = levels ?? {};
  const { bytesPerSecond = 65_536, burstBytes = 1_048_576 } = ceiling || {};
  return {
    rates: { trace, debug, info, warn },
    rules: rules.map((rule) => ({ ...rule })),
    slowMs: slowMs ?? variable(env, 'TRAILGATE_SLOW_MS', RATE_CHECKS.slowMs) ?? 3000,
    adaptiveSlow,
    ceiling: ceiling === false ? undefined : { bytesPerSecond, burstBytes },
  };
}

function variable(env: Environment, name: string, check: Check): number | undefined {
  const given = env[name];
  if (given === undefined || given === '') return undefined;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  const fault = check(value, name);
  refuse(fault === undefined ? undefined : { ...fault, got: given });
  return value;
}

function refuse(fault: SamplingFault | undefined): void {
  if (fault !== undefined) throw new TrailgateConfigError(fault.field, fault.expected, fault.got);
}
