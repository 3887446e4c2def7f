/** The seam at which tracing meets an invocation: all that the main entry knows of a tracer. */
import type { Request } from '../event/request.ts';

/** What a span says of its invocation. All of it comes from outside and is read only for spans that are exported. */
export interface InvocationFacts {
  readonly request: Pick<Request, 'kind' | 'route' | 'method' | 'path' | 'ip'>;
  /** As the handler gets it. */
  readonly event: unknown;
  readonly correlation: {
    /** 32 lower-case hex digits. */
    readonly traceId: string;
    /** 16 lower-case hex digits: becomes the id of the invocation's span. */
    readonly spanId: string;
    /** Span of the caller; absent where the trace begins here. */
    readonly parentSpanId?: string | undefined;
    /** Members of `tracestate` that are not ours. */
    readonly traceState?: readonly string[];
  };
  /** The decision to keep as it stands at the beginning: goes on to the services that are called. */
  readonly keep: boolean;
  readonly faas:
    | { readonly name: string; readonly execution: string; readonly coldstart: boolean }
    | undefined;
  readonly invokedArn?: string | undefined;
  /** Epoch milliseconds. */
  readonly startTime: number;
  /** Milliseconds until the platform ends the invocation; infinite where it does not say. */
  remainingMs(): number;
}

export interface SpanOutcome {
  /** HTTP status, or 200 and 500 where there is none. */
  readonly status: number;
  readonly failed: boolean;
  /** What the handler threw. */
  readonly error?: unknown;
}

/** Nothing here throws or rejects, other than what `run`'s own work does. */
export interface InvocationTracer {
  /** Settles when spans can be made; undefined from then on. A `begin` before it loses the spans of the handler's own. */
  readonly ready: Promise<void> | undefined;
  begin(facts: InvocationFacts): InvocationSpan;
}

export interface InvocationSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Runs work with this span as the active one. */
  run<T>(work: () => T): T;
  /** The innermost span of this trace that is active where it is called; undefined where that is unknown. */
  activeSpanId(): string | undefined;
  /**
   * Ends the span; only the first call counts. All spans of the invocation are exported where it is kept or has
   * failed, and let go otherwise.
   * @returns settles when they are out, or the time limit is over; undefined where there is nothing to wait for
   */
  end(outcome: SpanOutcome, keep: boolean): Promise<void> | undefined;
}
