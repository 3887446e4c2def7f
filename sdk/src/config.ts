/** Turns options and environment into the settings of one SDK instance; the only place that reads the environment. */
import { TrailgateConfigError } from './errors.ts';
import { field } from './event/field.ts';
import type { ShutdownExtension } from './extension/shutdown-extension.ts';
import type { InvocationTracer } from './invocation/tracer.ts';
import type { Limiter } from './limits/limiter.ts';
import { type Floor, floorOf } from './logger/level.ts';
import { readLoggerEnvironment } from './logger/logger-environment.ts';
import { type Ports, systemPorts } from './ports.ts';
import { DEFAULT_REDACTION } from './redaction/redacted-copy.ts';
import type { Redaction } from './redaction/redaction.ts';
import type { MetricSink } from './rollup/metric-sink.ts';
import { readSampling, type SamplingOptions, type SamplingSettings } from './sampling/settings.ts';
import type { TrailKey } from './trail-key/trail-key.ts';

export interface TrailgateOptions {
  /**
   * Service name in every record, 1 to 128 characters.
   * @default `TRAILGATE_SERVICE`, `POWERTOOLS_SERVICE_NAME`, `OTEL_SERVICE_NAME` or the function's name, whichever is set first
   */
  readonly service?: string;
  /** Log lines below are not taken: `trace` to `fatal`, or `silent`. @default `debug`, or what the environment says */
  readonly logLevel?: string;
  readonly sampling?: SamplingOptions;
  /** Rules of your own for what is secret (`@trailgate/sdk/redaction`). @default the built-in rules */
  readonly redaction?: Redaction;
  /**
   * Clients may ask over HTTP for their request to be logged in depth (`debug-log-enabled`, Datadog's `manual.keep`). Leave
   * it out where anyone can call: whoever asks writes the bill. @default false
   */
  readonly trustClientKeep?: boolean;
  /**
   * Header in which a proxy of yours, such as CloudFront, writes the address of the client: who is counted and capped over
   * HTTP, in place of the proxy. Only where nobody can call past the proxy, since anyone else can write the header too.
   * @default `TRAILGATE_CLIENT_ADDRESS_HEADER`, or none (`''`): the address that the gateway was called from
   */
  readonly clientAddressHeader?: string;
  readonly limiter?: Limiter;
  /** Class of a route for caps. @default () => 'default' */
  readonly routeClass?: (route: string) => string;
  /** Key of the trail's chain (`@trailgate/sdk/trail-key`); without one it is hashed without a key. */
  readonly trailKey?: TrailKey;
  /** Where counts go instead of rollup records (`@trailgate/sdk/emf`). */
  readonly metrics?: MetricSink;
  /** Makes spans of invocations (`@trailgate/sdk/otel`). */
  readonly tracing?: InvocationTracer;
  /** Makes Lambda tell before it ends an idle instance (`@trailgate/sdk/extension`). */
  readonly extension?: ShutdownExtension;
  readonly ports?: Partial<Ports>;
}

export interface Config {
  readonly disabled: boolean;
  readonly service: string;
  readonly sampling: SamplingSettings;
  readonly redaction: Redaction;
  readonly trustClientKeep: boolean;
  /** In lower case; empty for none. */
  readonly clientAddressHeader: string;
  readonly limiter: Limiter | undefined;
  readonly routeClass: (route: string) => string;
  readonly trailKey: TrailKey | undefined;
  readonly metrics: MetricSink | undefined;
  readonly tracing: InvocationTracer | undefined;
  readonly extension: ShutdownExtension | undefined;
  /** `host:port` of the Runtime API. */
  readonly runtimeApi: string | undefined;
  readonly ports: Ports;
  /** Log lines below are not taken. */
  readonly logFloor: Floor;
  /** The platform drops lines below; records that must arrive are raised to it. */
  readonly platformFloor: Floor;
  /** Bytes that the platform gives the function; infinite where it does not say. */
  readonly memoryBytes: number;
  /** Set inside Lambda. */
  readonly functionName: string | undefined;
  /** The X-Ray header of the invocation that runs now. */
  readonly platformTrace: () => string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const MAX_SERVICE_CHARS = 128;
const BYTES_A_MB = 1024 * 1024;
const HEADER_NAME = /^[\w-]{0,64}$/;
/** Options that are objects, each with the method that is asked of it. */
const METHODS = {
  redaction: 'text',
  limiter: 'decide',
  trailKey: 'load',
  metrics: 'lines',
  tracing: 'begin',
  extension: 'register',
} as const;
const OPTIONS = [
  'service',
  'logLevel',
  'sampling',
  'trustClientKeep',
  'clientAddressHeader',
  'routeClass',
  ...Object.keys(METHODS),
  'ports',
];

/** @throws TrailgateConfigError naming the option or variable that is wrong. */
export function readConfig(options: TrailgateOptions = {}, env: Environment = process.env): Config {
  check(isObject(options), 'options', 'an object', options);
  for (const name of Object.keys(options)) {
    check(OPTIONS.includes(name), name, `one of ${OPTIONS.join(', ')}`, name);
  }
  const { trustClientKeep, limiter, routeClass, trailKey, metrics, tracing, extension } = options;
  for (const [name, method] of Object.entries(METHODS)) {
    const given = options[name as keyof typeof METHODS];
    const fits = given === undefined || typeof field(given, method) === 'function';
    check(fits, name, `an object with a method ${method}`, given);
  }
  checkType('trustClientKeep', trustClientKeep, 'boolean', 'true or false');
  checkType('routeClass', routeClass, 'function', 'a function');
  const logging = readLoggerEnvironment(env);
  const { platformFloor } = logging;
  return {
    disabled: env.TRAILGATE_DISABLED === '1',
    service: readService(
      options.service ?? nonEmpty(env.TRAILGATE_SERVICE) ?? logging.service ?? env.AWS_LAMBDA_FUNCTION_NAME,
    ),
    sampling: readSampling(options.sampling, withForeignRate(env, logging.sampleRate)),
    redaction: options.redaction ?? DEFAULT_REDACTION,
    trustClientKeep: trustClientKeep === true,
    clientAddressHeader: readHeaderName(options.clientAddressHeader ?? env.TRAILGATE_CLIENT_ADDRESS_HEADER),
    limiter,
    routeClass: routeClass ?? (() => 'default'),
    trailKey,
    metrics,
    tracing,
    extension,
    runtimeApi: nonEmpty(env.AWS_LAMBDA_RUNTIME_API),
    ports: readPorts(options.ports),
    // Detail at debug waits for a failure, so it is taken unless someone said otherwise.
    logFloor: readLevel(options.logLevel) ?? logging.level ?? 'DEBUG',
    platformFloor,
    memoryBytes: Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? Number.POSITIVE_INFINITY) * BYTES_A_MB,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    platformTrace: platformTraceOf(env),
  };
}

function readService(given: unknown): string {
  const fits = typeof given === 'string' && given.length > 0 && given.length <= MAX_SERVICE_CHARS;
  check(fits, 'service', `a name of 1 to ${MAX_SERVICE_CHARS} characters`, given);
  return given as string;
}

function readHeaderName(given: unknown = ''): string {
  check(typeof given === 'string' && HEADER_NAME.test(given), 'clientAddressHeader', 'a header name', given);
  return given.toLowerCase();
}

function readLevel(given: string | undefined): Floor | undefined {
  if (given === undefined) return undefined;
  const floor = typeof given === 'string' ? floorOf(given) : undefined;
  check(floor !== undefined, 'logLevel', 'trace, debug, info, warn, error, fatal or silent', given);
  return floor;
}

function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null;
}

/** What is not given may be left to its default. */
function checkType(name: string, given: unknown, type: 'boolean' | 'function', expected: string): void {
  check(given === undefined || typeof given === type, name, expected, given);
}

function check(fits: boolean, name: string, expected: string, got: unknown): asserts fits {
  if (!fits) throw new TrailgateConfigError(name, expected, got);
}

/** Our own variable stands before the one of the library that people come from. */
function withForeignRate(env: Environment, rate: number | undefined): Environment {
  if (rate === undefined || nonEmpty(env.TRAILGATE_SAMPLE_RATE) !== undefined) return env;
  return { ...env, TRAILGATE_SAMPLE_RATE: String(rate) };
}

function readPorts(given: Partial<Ports> = {}): Ports {
  check(isObject(given), 'ports', 'an object', given);
  const ports = systemPorts();
  for (const [name, port] of Object.entries(given)) {
    check(Object.hasOwn(ports, name), `ports.${name}`, `one of ${Object.keys(ports).join(', ')}`, name);
    checkType(`ports.${name}`, port, 'function', 'a function');
    if (port !== undefined) Object.assign(ports, { [name]: port });
  }
  return ports;
}

/** Where invocations run side by side there is no variable for it, but a store of each invocation's own. */
function platformTraceOf(env: Environment): () => string | undefined {
  return () => {
    const { awslambda } = globalThis as { awslambda?: { InvokeStore?: InvokeStore } };
    return awslambda?.InvokeStore?.getXRayTraceId?.() ?? env._X_AMZN_TRACE_ID;
  };
}

interface InvokeStore {
  getXRayTraceId?(): string | undefined;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
