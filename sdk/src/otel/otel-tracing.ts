/** Traces invocations with OpenTelemetry: loads its packages when asked to, and never lets them near a handler's result. */
import type { InvocationFacts, InvocationSpan, InvocationTracer } from '../invocation/tracer.ts';
import type { StartedSdk } from './node-sdk.ts';
import { NO_SPANS, type SpanCounts } from './span-queue.ts';
import { type OtelTracingOptions, readTracingOptions, type TracingConfig } from './tracing-options.ts';

export interface OtelTracing extends InvocationTracer {
  /** What became of the spans since the start. */
  counts(): SpanCounts;
  /** Sends what waits; settles when it is out or `limitMs` are over. Never rejects. */
  flush(limitMs?: number): Promise<void>;
  /** Sends what waits and takes OpenTelemetry down; settles within about `limitMs`. Never rejects. */
  shutdown(limitMs?: number): Promise<void>;
}

const SHUTDOWN_MS = 2000;

/**
 * Call it once, outside the handler, and give it to `createTrailgate({ tracing })`. Loading OpenTelemetry begins here
 * and nowhere else; the first invocation waits for it.
 * @throws TrailgateConfigError naming the option that is wrong
 */
export function otelTracing(options: OtelTracingOptions = {}): OtelTracing {
  const config = readTracingOptions(options);
  let sdk: StartedSdk | undefined;
  let ready: Promise<void> | undefined;
  if (!config.disabled) {
    ready = load(config).then((started) => {
      sdk = started;
      ready = undefined;
    });
  }
  return {
    get ready() {
      return ready;
    },
    begin: (facts) => lateSpan(facts, () => sdk),
    counts: () => sdk?.counts() ?? NO_SPANS,
    async flush(limitMs = config.flushMs) {
      await sdk?.flush(limitMs);
    },
    async shutdown(limitMs = SHUTDOWN_MS) {
      await ready;
      await sdk?.shutdown(limitMs);
      sdk = undefined;
    },
  };
}

/** Never rejects: a function whose collector cannot be reached still answers. */
async function load(config: TracingConfig): Promise<StartedSdk | undefined> {
  try {
    const { startSdk } = await import('./node-sdk.ts');
    return startSdk(config);
  } catch (cause) {
    config.onProblem(new Error('tracing is off: OpenTelemetry could not be started', { cause }));
    return undefined;
  }
}

/** The span begins with its first use, so that one that was asked for while packages were loading is not lost. */
function lateSpan(facts: InvocationFacts, sdk: () => StartedSdk | undefined): InvocationSpan {
  const { traceId, spanId } = facts.correlation;
  let span: InvocationSpan | undefined;
  const begun = (): InvocationSpan | undefined => {
    span ??= sdk()?.begin(facts);
    return span;
  };
  begun();
  return {
    traceId,
    spanId,
    run(work) {
      const live = begun();
      return live === undefined ? work() : live.run(work);
    },
    activeSpanId: () => span?.activeSpanId(),
    end: (outcome, keep) => begun()?.end(outcome, keep),
  };
}
