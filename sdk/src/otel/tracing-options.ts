/** What a developer may say about tracing, checked once. */
import type { Attributes } from '@opentelemetry/api';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { TrailgateConfigError } from '../errors.ts';
import { type Ports, systemPorts } from '../ports.ts';
import { readTracingEnvironment, type TracingEnvironment } from './config.ts';

export interface OtelTracingOptions {
  /** `service.name` of the resource. @default OTEL_SERVICE_NAME, otherwise the function's name */
  readonly service?: string;
  /** Further attributes of the resource; they win over `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** URL that takes OTLP/HTTP traces. @default OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, otherwise OTEL_EXPORTER_OTLP_ENDPOINT + /v1/traces */
  readonly endpoint?: string;
  /** Headers for the collector; they win over OTEL_EXPORTER_OTLP_HEADERS. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds that the end of an invocation may wait for the collector, 0 to 10,000. @default 200 */
  readonly flushMs?: number;
  /** Spans that one invocation may hold back until it ends, 1 to 10,000; the oldest are let go. @default 512 */
  readonly maxSpans?: number;
  /** Bytes that they may take, 1,024 to 16 Mi. @default 512 Ki */
  readonly maxBytes?: number;
  /** Handed to the NodeSDK. */
  readonly instrumentations?: NodeSDKConfiguration['instrumentations'];
  /** Told once when tracing cannot be started. @default process.emitWarning */
  readonly onProblem?: (problem: Error) => void;
  readonly ports?: Partial<TracingPorts>;
}

export interface TracingPorts extends Pick<Ports, 'monotonic' | 'randomBytes'> {
  /** Calls back after so many milliseconds, unless the function it gives is called before. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export interface TracingConfig extends TracingEnvironment {
  readonly exporter: { readonly url?: string; readonly headers?: Record<string, string> };
  readonly flushMs: number;
  readonly maxSpans: number;
  readonly maxBytes: number;
  readonly instrumentations: NodeSDKConfiguration['instrumentations'];
  readonly onProblem: (problem: Error) => void;
  readonly ports: TracingPorts;
}

/** @throws TrailgateConfigError naming the option that is wrong. */
export function readTracingOptions(
  options: OtelTracingOptions,
  environment: TracingEnvironment = readTracingEnvironment(),
): TracingConfig {
  const { endpoint, headers, onProblem } = options;
  if (endpoint !== undefined && !isHttpUrl(endpoint)) {
    // What came may hold a credential.
    throw new TrailgateConfigError('endpoint', 'an http or https URL', typeof endpoint);
  }
  if (onProblem !== undefined && typeof onProblem !== 'function') {
    throw new TrailgateConfigError('onProblem', 'a function', onProblem);
  }
  return {
    ...environment,
    attributes: { ...environment.attributes, ...readAttributes(options) },
    exporter: {
      ...(endpoint === undefined ? {} : { url: endpoint }),
      ...(headers === undefined ? {} : { headers: { ...headers } }),
    },
    flushMs: integer('flushMs', options.flushMs, { from: 0, to: 10_000, otherwise: 200 }),
    maxSpans: integer('maxSpans', options.maxSpans, { from: 1, to: 10_000, otherwise: 512 }),
    maxBytes: integer('maxBytes', options.maxBytes, { from: 1024, to: 16_777_216, otherwise: 524_288 }),
    instrumentations: options.instrumentations ?? [],
    onProblem: onProblem ?? ((problem) => process.emitWarning(problem)),
    ports: { ...systemTracingPorts(), ...options.ports },
  };
}

function readAttributes({ service, attributes = {} }: OtelTracingOptions): Attributes {
  if (service !== undefined && (typeof service !== 'string' || service === '')) {
    throw new TrailgateConfigError('service', 'a name', service);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw new TrailgateConfigError(`attributes.${name}`, 'a text, a number or a truth value', value);
    }
  }
  return { ...attributes, ...(service === undefined ? {} : { 'service.name': service }) };
}

function integer(
  name: string,
  value: unknown,
  range: { readonly from: number; readonly to: number; readonly otherwise: number },
): number {
  if (value === undefined) return range.otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < range.from || value > range.to) {
    throw new TrailgateConfigError(name, `an integer from ${range.from} to ${range.to}`, value);
  }
  return value;
}

function isHttpUrl(text: unknown): boolean {
  return typeof text === 'string' && /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function systemTracingPorts(): TracingPorts {
  const { monotonic, randomBytes } = systemPorts();
  return {
    monotonic,
    randomBytes,
    after(ms, callback) {
      // Waiting for a collector is no reason to keep a process alive.
      const timer = setTimeout(callback, ms).unref();
      return () => clearTimeout(timer);
    },
  };
}
