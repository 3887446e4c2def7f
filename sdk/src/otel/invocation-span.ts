/** The span of one invocation: begun with its ids, described when it is exported, flushed before the platform freezes. */
import {
  type Context,
  context as contexts,
  createTraceState,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { formatTracestate } from '../correlation/tracestate.ts';
import type { InvocationFacts, InvocationSpan, SpanOutcome } from '../invocation/tracer.ts';
import { errorFields } from '../logger/error-fields.ts';
import { INVOCATION, type TracedInvocation } from './keep-sampler.ts';
import { type Producer, producersOf } from './producers.ts';
import { type SpanStart, spanAttributes, spanStart } from './span-attributes.ts';
import type { InvocationIds } from './span-ids.ts';
import type { TraceBuffer } from './trace-buffer.ts';

export interface SpanMaking {
  readonly tracer: Tracer;
  readonly ids: InvocationIds;
  readonly newBuffer: () => TraceBuffer<ReadableSpan>;
  /** Sends what waits, within a limit in milliseconds. */
  readonly flush: (limitMs: number) => Promise<void> | undefined;
  readonly flushMs: number;
}

/** Left to the platform and the handler's answer when the invocation's time runs out. */
const MARGIN_MS = 50;
const MAX_ERROR_CHARS = 8192;

export function beginSpan(facts: InvocationFacts, making: SpanMaking): InvocationSpan {
  const { traceId, spanId } = facts.correlation;
  const buffer = making.newBuffer();
  const start = spanStart(facts);
  const parent = parentContext(facts, buffer);
  const span = making.ids.using({ traceId, spanId }, () =>
    making.tracer.startSpan(start.name, { kind: start.kind, startTime: facts.startTime }, parent),
  );
  const active = trace.setSpan(parent, span);
  let ended = false;
  return {
    traceId,
    spanId,
    run: (work) => contexts.with(active, work),
    activeSpanId() {
      const innermost = trace.getSpan(contexts.active())?.spanContext();
      return innermost?.traceId === traceId ? innermost.spanId : undefined;
    },
    end(outcome, keep) {
      if (ended) return undefined;
      ended = true;
      try {
        const wanted = keep || outcome.failed;
        if (wanted) describe(span, { facts, start, outcome, lost: buffer.overflowed });
        span.end();
        buffer.settle(wanted);
        return making.flush(Math.min(making.flushMs, facts.remainingMs() - MARGIN_MS));
      } catch {
        // The trace is not whole; the caller of the API still gets the answer.
        return undefined;
      }
    },
  };
}

function parentContext(facts: InvocationFacts, buffer: TraceBuffer<ReadableSpan>): Context {
  const { traceId, parentSpanId, traceState = [] } = facts.correlation;
  const state = formatTracestate({ keep: facts.keep, others: traceState });
  const invocation: TracedInvocation<ReadableSpan> = {
    keep: facts.keep,
    traceState: state === '' ? undefined : createTraceState(state),
    buffer,
  };
  const context = ROOT_CONTEXT.setValue(INVOCATION, invocation);
  if (parentSpanId === undefined) return context;
  return trace.setSpanContext(context, remote({ traceId, spanId: parentSpanId }, facts.keep));
}

function remote({ traceId, spanId }: Producer, sampled: boolean): SpanContext {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function describe(
  span: Span,
  {
    facts,
    start,
    outcome,
    lost,
  }: {
    readonly facts: InvocationFacts;
    readonly start: SpanStart;
    readonly outcome: SpanOutcome;
    readonly lost: number;
  },
): void {
  span.setAttributes(spanAttributes(facts, start, outcome));
  if (lost > 0) span.setAttribute('trailgate.spans.overflowed', lost);
  if (start.trigger.messaging !== undefined) {
    for (const producer of producersOf(facts.event)) span.addLink({ context: remote(producer, true) });
  }
  if (outcome.failed) describeFailure(span, outcome);
}

/** The exception's own words are redacted like all that leaves the process. */
function describeFailure(span: Span, { status, error }: SpanOutcome): void {
  if (error === undefined) {
    span.setAttribute('error.type', String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
    return;
  }
  const { type, message, stack_trace } = errorFields(error, MAX_ERROR_CHARS);
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.addEvent('exception', {
    'exception.type': type,
    'exception.message': message,
    ...(stack_trace === undefined ? {} : { 'exception.stacktrace': stack_trace }),
  });
}
