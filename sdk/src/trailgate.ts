/** Puts the SDK together for one function: what developers hold in their hands. */
import { isStreaming, wrapStreaming } from './attach/streaming.ts';
import { type Config, readConfig, type TrailgateOptions } from './config.ts';
import { carrierOf } from './correlation/carrier.ts';
import { type Correlation, outgoingHeaders } from './correlation/correlation.ts';
import { tracedFetch } from './correlation/traced-fetch.ts';
import { cleanIdentity } from './event/identity.ts';
import { Instance } from './instance.ts';
import { keptAs } from './invocation/invocation.ts';
import type { LambdaContext } from './invocation/lambda-context.ts';
import { whenReady } from './invocation/ready.ts';
import { type CorrelationIds, idsOf, type RecordScope, recordScopes } from './invocation/record-scopes.ts';
import { type RunningInvocation, UNWATCHED, WatchedInvocation } from './invocation/running-invocation.ts';
import { wrapHandler } from './invocation/wrap.ts';
import { invocationScope } from './logger/invocation-scope.ts';
import { createLogger, type Logger } from './logger/logger.ts';
import { createTrail, type Trail } from './trail/trail.ts';

export interface Trailgate {
  /**
   * Attaches the SDK to a handler, also one that `awslambda.streamifyResponse` made. Result and exceptions are the
   * handler's own; the answer to a client that is over its cap is a 429.
   */
  wrap<E, R, C extends LambdaContext = LambdaContext>(
    handler: (event: E, context: C) => R | Promise<R>,
  ): (event: E, context: C) => Promise<R>;
  wrap<E, S, R, C extends LambdaContext = LambdaContext>(
    handler: (event: E, responseStream: S, context: C) => R,
  ): (event: E, responseStream: S, context: C) => R | Promise<Awaited<R>>;
  /** For what `wrap` does not fit: begins an invocation that the caller runs and ends. Never throws. */
  begin(event: unknown, context: unknown): RunningInvocation;
  /**
   * Settles when the trail's key and the tracer are there, at the latest after a second. Wrapped handlers wait for it
   * by themselves; undefined when there is nothing to wait for.
   */
  readonly ready: Promise<void> | undefined;
  /** One scope for each record of a batch, in their order: SQS, SNS, Kinesis, DynamoDB streams, S3, Firehose. */
  records<R>(event: { readonly Records: readonly R[] }): Iterable<RecordScope<R>>;
  records<R>(event: { readonly records: readonly R[] }): Iterable<RecordScope<R>>;
  records(event: unknown): Iterable<RecordScope<unknown>>;
  readonly log: Logger;
  readonly trail: Trail;
  /**
   * Adds to a business counter: exact, whatever is sampled.
   * @param value 0 or more; 1 where nothing is said
   * @param unit a CloudWatch unit; `Count` where nothing is said
   */
  count(name: string, value?: number, unit?: string): void;
  /**
   * Takes a measured value into a distribution: count, sum and extremes exact, quantiles within 1 %.
   * @param value 0 or more
   * @param unit a CloudWatch unit; `None` where nothing is said
   */
  distribution(name: string, value: number, unit?: string): void;
  /** For handlers that learn who is calling themselves: authorizers and logins. What is left out stays as it was. */
  setIdentity(identity: {
    readonly user?: string;
    readonly tenant?: string;
    readonly roles?: readonly string[];
  }): void;
  /** Ids of the current invocation, or of the record that is worked on; undefined outside one. */
  correlation(): CorrelationIds | undefined;
  /** `traceparent`, `tracestate` and `x-correlation-id` of the current invocation; none outside one. */
  outgoingHeaders(): Record<string, string>;
  /** The same as JSON of at most 1 KB, for the message attribute or payload member `_trailgate`; undefined outside an invocation. */
  carrier(): string | undefined;
  /** A fetch that sends `outgoingHeaders`, never in place of headers that are set. */
  readonly fetch: typeof fetch;
  /** Writes what is counted but unwritten. The end of the process does it too. */
  flush(): void;
}

const COMPLAIN_EVERY_MS = 1000;

/**
 * Call it once, outside the handler.
 * @throws TrailgateConfigError naming the option or environment variable that is wrong
 */
export function createTrailgate(options?: TrailgateOptions): Trailgate {
  const config = readConfig(options);
  return config.disabled ? disabledTrailgate(config) : runningTrailgate(config);
}

function runningTrailgate(config: Config): Trailgate {
  const instance = new Instance(config);
  const { ports, extension, runtimeApi } = config;
  const log = createLogger(config.logFloor, (call) => instance.log(call), invocationScope(instance));
  const complain = onceASecond(ports.monotonic, log);
  const home = {
    config,
    instance,
    onLimiterFailure: (error: unknown) => complain('limiter failed, request served', { error }),
  };
  const ready = whenReady(config, instance, complain);
  if (config.functionName !== undefined) ports.onTermination(() => instance.flush());
  if (extension !== undefined && runtimeApi !== undefined) {
    void extension.register(runtimeApi).then((state) => {
      if (!state.registered) complain('extension not registered', { reason: state.reason });
    });
  }

  const begin = (event: unknown, context: unknown): RunningInvocation => {
    try {
      instance.start();
      return new WatchedInvocation(instance.begin(event, context), home);
    } catch {
      // Without an invocation there is nothing to log about; the handler runs all the same.
      return UNWATCHED;
    }
  };
  const outgoing = (): { readonly correlation: Correlation; readonly keep: boolean } | undefined => {
    const invocation = instance.current();
    if (invocation === undefined) return undefined;
    const { correlation, span } = invocation;
    const spanId = span?.activeSpanId() ?? correlation.spanId;
    return { correlation: { ...correlation, spanId }, keep: keptAs(invocation) !== undefined };
  };
  const headers = (): Record<string, string> => {
    const now = outgoing();
    return now === undefined ? {} : outgoingHeaders(now.correlation, now.keep);
  };

  return {
    wrap: ((handler: (event: unknown, context: unknown) => unknown) => {
      instance.start();
      return isStreaming(handler) ? wrapStreaming(handler, begin, ready) : wrapHandler(handler, begin, ready);
    }) as Trailgate['wrap'],
    begin,
    get ready() {
      return ready();
    },
    records: (event: unknown) =>
      recordScopes(event, instance, ports.randomBytes) as Iterable<RecordScope<never>>,
    log,
    trail: createTrail(
      (event) => instance.trail(event),
      (fault) => complain('trail event incomplete', { fault }),
    ),
    count(name, value = 1, unit = 'Count') {
      if (!instance.counts.count(name, value, unit)) complain('counter ignored', { name, value, unit });
    },
    distribution(name, value, unit = 'None') {
      if (!instance.counts.distribution(name, value, unit)) {
        complain('distribution ignored', { name, value, unit });
      }
    },
    setIdentity(identity) {
      const invocation = instance.current();
      if (invocation === undefined) return;
      try {
        invocation.identity = { ...invocation.identity, ...cleanIdentity(identity ?? {}) };
        invocation.contextText = undefined;
      } catch {
        // A getter or a proxy threw; who is calling stays as it was.
      }
    },
    correlation() {
      const now = outgoing();
      return now && idsOf(now.correlation, now.keep);
    },
    outgoingHeaders: headers,
    carrier() {
      const now = outgoing();
      return now && carrierOf(now.correlation, now.keep);
    },
    fetch: tracedFetch(headers, (input, init) => globalThis.fetch(input, init)),
    flush: () => instance.flush(),
  };
}

/** Warns at most once a second of one thing, so that what fails on every request does not write the bill. */
function onceASecond(
  monotonic: () => number,
  log: Logger,
): (message: string, fields: Record<string, unknown>) => void {
  const last = new Map<string, number>();
  return (message, fields) => {
    const nowMs = monotonic();
    if (nowMs - (last.get(message) ?? Number.NEGATIVE_INFINITY) < COMPLAIN_EVERY_MS) return;
    last.set(message, nowMs);
    log.warn(message, fields);
  };
}

/** Writes nothing, reads nothing and leaves handlers as they are. */
function disabledTrailgate(config: Config): Trailgate {
  const { ports } = config;
  const nothing = { limiter: undefined, trailKey: undefined, tracing: undefined, extension: undefined };
  return {
    ...runningTrailgate({
      ...config,
      ...nothing,
      metrics: undefined,
      logFloor: 'SILENT',
      ports: { ...ports, write() {}, onTermination() {} },
    }),
    // What the handler gives is awaited by the platform, whether it is a promise or not.
    wrap: (handler: never) => handler,
    begin: () => UNWATCHED,
  };
}
