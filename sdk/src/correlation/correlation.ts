/** Settles the ids of one invocation from the headers that came with it, and what goes on to the services it calls. */
import { holdsCredential } from '../redaction/secret-values.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';
import { EMPTY_TRACESTATE, formatTracestate, parseTracestate } from './tracestate.ts';
import { xrayTraceId } from './xray.ts';

export const CORRELATION_HEADER = 'x-correlation-id';

/** The headers that correlation reads; a name that came more than once is joined with commas. */
export interface CorrelationHeaders {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly 'x-amzn-trace-id'?: string;
  readonly 'x-correlation-id'?: string;
}

export interface Correlation {
  readonly correlationId: string;
  readonly traceId: string;
  /** Of this invocation; new each time. */
  readonly spanId: string;
  /** A service before this one keeps the request. */
  readonly keptUpstream: boolean;
  /** Members of `tracestate` that are not ours. */
  readonly traceState: readonly string[];
}

const MAX_ID_CHARS = 128;
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** Headers are untrusted: whatever is wrong with one is as if it had not come. */
export function correlate(
  headers: CorrelationHeaders,
  randomBytes: (count: number) => Uint8Array,
): Correlation {
  const parent = headers.traceparent === undefined ? undefined : parseTraceparent(headers.traceparent);
  const state =
    parent === undefined || headers.tracestate === undefined
      ? EMPTY_TRACESTATE
      : parseTracestate(headers.tracestate);
  // Where nobody traces, API Gateway's own id is what an authorizer and the function behind it have in common.
  const traceId = parent?.traceId ?? xrayTraceId(headers['x-amzn-trace-id']) ?? hex(randomBytes(16));
  const given = headers[CORRELATION_HEADER];
  return {
    correlationId: given !== undefined && isCorrelationId(given) ? given : traceId,
    traceId,
    spanId: hex(randomBytes(8)),
    // The sampled flag alone keeps nothing: browsers and tracing clients set it on every request, and
    // obeying it would let whoever calls the API decide how much is logged, and so write the bill.
    keptUpstream: state.keep && parent?.sampled === true,
    traceState: state.others,
  };
}

/** Headers for a call made during the invocation. */
export function outgoingHeaders(correlation: Correlation, keep: boolean): Record<string, string> {
  const { traceId, spanId, correlationId, traceState } = correlation;
  const tracestate = formatTracestate({ keep, others: traceState });
  return {
    traceparent: formatTraceparent({ traceId, spanId, sampled: keep }),
    ...(tracestate === '' ? {} : { tracestate }),
    [CORRELATION_HEADER]: correlationId,
  };
}

function isCorrelationId(text: string): boolean {
  return text.length <= MAX_ID_CHARS && PRINTABLE.test(text) && !holdsCredential(text);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
