/** Turns options and environment into the settings of one SDK instance; the only place that reads the environment. */
import { TrailgateConfigError } from './errors.ts';
import type { Limiter } from './limits/limiter.ts';
import { type Floor, floorOf, stricterFloor } from './logger/level.ts';
import { type Ports, systemPorts } from './ports.ts';

export interface TrailgateOptions {
  /** Service name in every record, 1 to 128 characters. */
  readonly service: string;
  readonly sampling?: {
    /** Share of successful requests that are logged in depth, 0 to 1. @default 0.01 */
    readonly rate?: number;
    /** A request that takes at least this many milliseconds is kept whole. @default 3000 */
    readonly slowMs?: number;
  };
  readonly limiter?: Limiter;
  /** Class of a route for caps. @default () => 'default' */
  readonly routeClass?: (route: string) => string;
  readonly ports?: Partial<Ports>;
}

export interface Config {
  readonly disabled: boolean;
  readonly service: string;
  readonly rate: number;
  readonly slowMs: number;
  readonly limiter: Limiter | undefined;
  readonly routeClass: (route: string) => string;
  readonly ports: Ports;
  /** Log lines below are not taken. */
  readonly logFloor: Floor;
  /** The platform drops lines below; records that must arrive are raised to it. */
  readonly platformFloor: Floor;
  /** Bytes that the platform gives the function; infinite where it does not say. */
  readonly memoryBytes: number;
  /** Set inside Lambda. */
  readonly functionName: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_RATE = 0.01;
const DEFAULT_SLOW_MS = 3000;
const MAX_SERVICE_CHARS = 128;

/** @throws TrailgateConfigError naming the option or variable that is wrong. */
export function readConfig(options: TrailgateOptions, env: Environment = process.env): Config {
  const { service, sampling, limiter, routeClass } = options;
  if (typeof service !== 'string' || service.length === 0 || service.length > MAX_SERVICE_CHARS) {
    throw new TrailgateConfigError('service', `a name of 1 to ${MAX_SERVICE_CHARS} characters`, service);
  }
  if (limiter !== undefined && typeof limiter?.decide !== 'function') {
    throw new TrailgateConfigError('limiter', 'an object with a method decide', limiter);
  }
  if (routeClass !== undefined && typeof routeClass !== 'function') {
    throw new TrailgateConfigError('routeClass', 'a function', routeClass);
  }
  const platformFloor = floorOf(env.AWS_LAMBDA_LOG_LEVEL) ?? 'TRACE';
  return {
    disabled: env.TRAILGATE_DISABLED === '1',
    service,
    rate: numberSetting(
      { name: 'sampling.rate', value: sampling?.rate },
      { name: 'TRAILGATE_SAMPLE_RATE', value: env.TRAILGATE_SAMPLE_RATE },
      { from: 0, to: 1, otherwise: DEFAULT_RATE },
    ),
    slowMs: numberSetting(
      { name: 'sampling.slowMs', value: sampling?.slowMs },
      { name: 'TRAILGATE_SLOW_MS', value: env.TRAILGATE_SLOW_MS },
      { from: 1, to: 900_000, otherwise: DEFAULT_SLOW_MS },
    ),
    limiter,
    routeClass: routeClass ?? (() => 'default'),
    ports: readPorts(options.ports),
    // Detail at debug waits for a failure, so it is taken unless someone said otherwise.
    logFloor: stricterFloor(floorOf(env.LOG_LEVEL) ?? 'DEBUG', platformFloor),
    platformFloor,
    memoryBytes: Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? Number.POSITIVE_INFINITY) * 1024 * 1024,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  };
}

/** The option wins over the variable. */
function numberSetting(
  option: { readonly name: string; readonly value: unknown },
  variable: { readonly name: string; readonly value: string | undefined },
  range: { readonly from: number; readonly to: number; readonly otherwise: number },
): number {
  const given = option.value !== undefined ? option : variable;
  if (given.value === undefined || given.value === '') return range.otherwise;
  const value = given === variable ? Number(variable.value) : given.value;
  if (typeof value !== 'number' || !(value >= range.from && value <= range.to)) {
    throw new TrailgateConfigError(given.name, `a number from ${range.from} to ${range.to}`, given.value);
  }
  return value;
}

function readPorts(given: Partial<Ports> = {}): Ports {
  for (const [name, port] of Object.entries(given)) {
    if (port !== undefined && typeof port !== 'function') {
      throw new TrailgateConfigError(`ports.${name}`, 'a function', port);
    }
  }
  return { ...systemPorts(), ...given };
}
