/** Puts the SDK together for one function: what developers hold in their hands. */
import { type Config, readConfig, type TrailgateOptions } from './config.ts';
import { outgoingHeaders } from './correlation/correlation.ts';
import { tracedFetch } from './correlation/traced-fetch.ts';
import { cleanIdentity } from './event/identity.ts';
import { Instance } from './instance.ts';
import type { LambdaContext } from './invocation/lambda-context.ts';
import { type CorrelationIds, idsOf } from './invocation/record-scopes.ts';
import { type RunningInvocation, runInvocation, UNWATCHED } from './invocation/running-invocation.ts';
import { wrapHandler } from './invocation/wrap.ts';
import { createLogger, type Logger } from './logger/logger.ts';
import { createTrail, type Trail } from './trail/trail.ts';

export interface Trailgate {
  /** Attaches the SDK to a handler. Result and exceptions are the handler's own. */
  wrap<E, R, C extends LambdaContext = LambdaContext>(
    handler: (event: E, context: C) => R | Promise<R>,
  ): (event: E, context: C) => Promise<R>;
  /** For what `wrap` does not fit: begins an invocation that the caller runs and ends. Never throws. */
  begin(event: unknown, context: unknown): RunningInvocation;
  readonly log: Logger;
  readonly trail: Trail;
  /**
   * Adds to a business counter: exact, whatever is sampled.
   * @param value 0 or more; 1 where nothing is said
   * @param unit a CloudWatch unit; `Count` where nothing is said
   */
  count(name: string, value?: number, unit?: string): void;
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
export function createTrailgate(options: TrailgateOptions): Trailgate {
  const config = readConfig(options);
  return config.disabled ? disabledTrailgate() : runningTrailgate(config);
}

function runningTrailgate(config: Config): Trailgate {
  const instance = new Instance(config);
  const log = createLogger(config.logFloor, (call) => instance.log(call));
  const complain = onceASecond(config.ports.monotonic, log);
  const headers = (): Record<string, string> => {
    const invocation = instance.current();
    if (invocation === undefined) return {};
    return outgoingHeaders(invocation.correlation, invocation.keptAs !== undefined);
  };
  if (config.functionName !== undefined) config.ports.onTermination(() => instance.flush());
  const onLimiterFailure = (error: unknown): void => complain('limiter failed, request served', { error });
  const begin = (event: unknown, context: unknown): RunningInvocation => {
    try {
      return runInvocation(instance.begin(event, context), { config, instance }, onLimiterFailure);
    } catch {
      // Without an invocation there is nothing to log about; the handler runs all the same.
      return UNWATCHED;
    }
  };
  return {
    wrap(handler) {
      instance.start();
      return wrapHandler(handler, begin);
    },
    begin(event, context) {
      instance.start();
      return begin(event, context);
    },
    log,
    trail: createTrail((event) => instance.trail(event)),
    count(name, value = 1, unit = 'Count') {
      if (!instance.counts.count(name, value, unit)) complain('counter ignored', { name, value, unit });
    },
    setIdentity(identity) {
      const invocation = instance.current();
      if (invocation === undefined) return;
      invocation.identity = { ...invocation.identity, ...cleanIdentity(identity ?? {}) };
      invocation.contextText = undefined;
    },
    correlation() {
      const invocation = instance.current();
      return invocation && idsOf(invocation.correlation, invocation.keptAs !== undefined);
    },
    outgoingHeaders: headers,
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

function disabledTrailgate(): Trailgate {
  return {
    // Left as it is: what it gives is awaited by the platform, whether it is a promise or not.
    wrap: <E, R, C>(handler: (event: E, context: C) => R | Promise<R>) =>
      handler as (event: E, context: C) => Promise<R>,
    begin: () => UNWATCHED,
    correlation: () => undefined,
    log: createLogger('SILENT', () => {}),
    trail: createTrail(() => {}),
    count() {},
    setIdentity() {},
    outgoingHeaders: () => ({}),
    fetch: (input, init) => globalThis.fetch(input, init),
    flush() {},
  };
}
