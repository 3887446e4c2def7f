/** Starts OpenTelemetry's NodeSDK with our decision, our ids and our buffers; loaded only where tracing is asked for. */
import { context, createContextKey, logs, ProxyTracerProvider, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { InvocationFacts, InvocationSpan } from '../invocation/tracer.ts';
import { beginSpan } from './invocation-span.ts';
import { keepSampler } from './keep-sampler.ts';
import { redactedSpan } from './redacted-span.ts';
import { spanBytes } from './span-bytes.ts';
import { InvocationIds } from './span-ids.ts';
import { type SendResult, type SendSpans, type SpanCounts, SpanQueue } from './span-queue.ts';
import { TailProcessor } from './tail-processor.ts';
import { type SpanSink, TraceBuffer } from './trace-buffer.ts';
import type { TracingConfig } from './tracing-options.ts';

export interface StartedSdk {
  /** Undefined where a span could not be begun. */
  begin(facts: InvocationFacts): InvocationSpan | undefined;
  counts(): SpanCounts;
  flush(limitMs: number): Promise<void>;
  shutdown(limitMs: number): Promise<void>;
}

const TRACER = '@trailgate/sdk';
/** Set by OpenTelemetry's own processors too, so that instrumented HTTP clients do not trace the export. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** @throws Error where another OpenTelemetry SDK is there already, or a variable of OpenTelemetry's is wrong */
export function startSdk(config: TracingConfig): StartedSdk {
  if (isTracedElsewhere()) throw new Error('another OpenTelemetry SDK is registered');
  const exporter = new OTLPTraceExporter(config.exporter);
  const queue = new SpanQueue(sendTo(exporter), config.ports);
  const counts = { unkept: 0, overflowed: 0 };
  const sink: SpanSink<ReadableSpan> = {
    export(spans) {
      queue.add(spans.map(redactedSpan).map((span) => ({ span, bytes: spanBytes(span) })));
    },
    letGo(count, why) {
      counts[why] += count;
    },
  };
  const ids = new InvocationIds(config.ports.randomBytes);
  const sdk = startNodeSdk(config, { ids, processor: new TailProcessor(sink) });
  const making = {
    tracer: trace.getTracer(TRACER),
    ids,
    newBuffer: () => new TraceBuffer(sink, config),
    flush: (limitMs: number) => queue.flush(limitMs),
    flushMs: config.flushMs,
  };
  return {
    begin(facts) {
      try {
        return beginSpan(facts, making);
      } catch {
        // An invocation without a span is still an invocation.
        return undefined;
      }
    },
    counts: () => ({
      exported: queue.exported,
      unkept: counts.unkept,
      overflowed: counts.overflowed + queue.overflowed,
      refused: queue.refused,
      waiting: queue.waiting,
    }),
    async flush(limitMs) {
      await queue.flush(limitMs);
    },
    async shutdown(limitMs) {
      await queue.flush(limitMs);
      await within(limitMs, takeDown(sdk, exporter), config.ports.after);
    },
  };
}

function startNodeSdk(
  config: TracingConfig,
  { ids, processor }: { readonly ids: InvocationIds; readonly processor: TailProcessor },
): NodeSDK {
  const sdk = new NodeSDK({
    sampler: keepSampler(config.rate),
    idGenerator: ids,
    spanProcessors: [processor],
    instrumentations: config.instrumentations,
    // The others ask the host for its name and id, which says nothing of a function and takes a while.
    resourceDetectors: [{ detect: () => ({ attributes: config.attributes }) }],
    // Without these, sdk-node would export metrics and logs once a minute to a collector that nobody named.
    ...(config.metrics ? {} : { metricReaders: [] }),
    ...(config.logs ? {} : { logRecordProcessors: [] }),
  });
  sdk.start();
  return sdk;
}

function isTracedElsewhere(): boolean {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return true;
  return provider.getDelegate() !== new ProxyTracerProvider().getDelegate();
}

function sendTo(exporter: SpanExporter): SendSpans<ReadableSpan> {
  return (spans) =>
    new Promise((resolve) => {
      const quiet = context.active().setValue(SUPPRESS_TRACING, true);
      try {
        context.with(quiet, () =>
          exporter.export([...spans], ({ code, error }) => resolve(sendResult(code, error))),
        );
      } catch {
        // These spans cannot be put into a message, now or later.
        resolve('refused');
      }
    });
}

/** Code 0 is success. A 4xx is the collector's word that the request is wrong; all else may pass. */
function sendResult(code: number, error: Error | undefined): SendResult {
  if (code === 0) return 'taken';
  const status: unknown = error !== undefined && 'code' in error ? error.code : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? 'refused' : 'later';
}

async function takeDown(sdk: NodeSDK, exporter: SpanExporter): Promise<void> {
  trace.disable();
  context.disable();
  propagation.disable();
  logs.disable();
  await Promise.allSettled([sdk.shutdown(), exporter.shutdown()]);
}

function within(limitMs: number, work: Promise<void>, after: TracingConfig['ports']['after']): Promise<void> {
  return new Promise((resolve) => {
    const cancel = after(limitMs, resolve);
    work.then(() => {
      cancel();
      resolve();
    });
  });
}
