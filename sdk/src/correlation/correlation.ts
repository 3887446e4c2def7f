/** Settles the ids of one invocation from the headers that came with it, and what goes on to the services it calls. */
import { passedBaggage } from './baggage.ts';
import { type Companions, companionsIn } from './companions.ts';
import { CORRELATION_HEADER, type CorrelationHeaders } from './correlation-headers.ts';
import { isCorrelationId } from './correlation-id.ts';
import { datadogTrace, keptByDatadog } from './datadog.ts';
import { hexDigits } from './hex-digits.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';
import { EMPTY_TRACESTATE, formatTracestate, parseTracestate } from './tracestate.ts';
import { parseXrayHeader } from './xray.ts';

export { CORRELATION_HEADER, type CorrelationHeaders } from './correlation-headers.ts';

export interface Correlation {
  readonly correlationId: string;
  readonly traceId: string;
  /** Of this invocation; new each time. */
  readonly spanId: string;
  /** Of whoever called or sent; undefined where nobody traces. */
  readonly parentSpanId?: string | undefined;
  /** A service before this one keeps the request. */
  readonly keptUpstream: boolean;
  /** The low 56 bits of the trace id are known to be random (Trace Context level 2). */
  readonly randomTraceId?: boolean;
  /** Members of `tracestate` that are not ours. */
  readonly traceState: readonly string[];
  /** W3C `baggage`, to be sent on as it is. */
  readonly baggage?: string | undefined;
  /** Services on the way with this one, where DAZN's tools began to count. */
  readonly callChainLength?: number | undefined;
  /** Other `x-correlation-*` ids that came along. */
  readonly companions?: Companions;
}

/** Random bytes, or their hex digits where that is what there is. */
export type RandomSource = (bytes: number) => Uint8Array | string;

const TRACE_DIGITS = 32;
const CHAIN_LENGTH = /^[0-9]{1,6}$/;

/**
 * Headers are untrusted: whatever is wrong with one is as if it had not come.
 * @param platformTrace the platform's own X-Ray header of the invocation (`_X_AMZN_TRACE_ID`): gives the trace id where no other is known
 */
export function correlate(
  headers: CorrelationHeaders,
  random: RandomSource,
  platformTrace?: string,
): Correlation {
  const parent = headers.traceparent === undefined ? undefined : parseTraceparent(headers.traceparent);
  const state =
    parent === undefined || headers.tracestate === undefined
      ? EMPTY_TRACESTATE
      : parseTracestate(headers.tracestate);
  // Where nobody traces, API Gateway's own id is what an authorizer and the function behind it have in common.
  const other =
    parent === undefined ? (datadogTrace(headers) ?? parseXrayHeader(headers['x-amzn-trace-id'])) : undefined;
  const sent = parent?.traceId ?? other?.traceId;
  const platform = sent === undefined ? parseXrayHeader(platformTrace)?.traceId : undefined;
  const known = sent ?? platform;
  const digits = hexDigits(random(known === undefined ? 24 : 8));
  const traceId = known ?? digits.slice(0, TRACE_DIGITS);
  return {
    correlationId: usableId(headers[CORRELATION_HEADER]) ?? sent ?? usableId(headers['source-id']) ?? traceId,
    traceId,
    spanId: known === undefined ? digits.slice(TRACE_DIGITS) : digits,
    parentSpanId: parent?.spanId ?? other?.parentSpanId,
    keptUpstream: keptBefore(headers, state.keep && parent?.sampled === true),
    randomTraceId: parent?.random ?? known === undefined,
    traceState: state.others,
    baggage: headers.baggage === undefined ? undefined : passedBaggage(headers.baggage),
    callChainLength: chainLength(headers['call-chain-length']),
    companions: companionsIn(headers),
  };
}

/** Headers for a call made during the invocation. */
export function outgoingHeaders(correlation: Correlation, keep: boolean): Record<string, string> {
  const { baggage, callChainLength, companions } = correlation;
  const headers: Record<string, string> = { traceparent: traceparentOf(correlation, keep) };
  const tracestate = formatTracestate({ keep, others: correlation.traceState });
  if (tracestate !== '') headers.tracestate = tracestate;
  if (baggage !== undefined) headers.baggage = baggage;
  headers[CORRELATION_HEADER] = correlation.correlationId;
  if (callChainLength !== undefined) headers['call-chain-length'] = String(callChainLength);
  return companions === undefined ? headers : Object.assign(headers, companions);
}

/** The `traceparent` that names this invocation as the parent. */
export function traceparentOf(correlation: Correlation, keep: boolean): string {
  const { traceId, spanId, randomTraceId } = correlation;
  return formatTraceparent({ traceId, spanId, sampled: keep, random: randomTraceId === true });
}

/**
 * The sampled flag alone keeps nothing: browsers and tracing clients set it on every request, and obeying it
 * would let whoever calls the API decide how much is logged, and so write the bill.
 */
function keptBefore(headers: CorrelationHeaders, keptByOwn: boolean): boolean {
  return keptByOwn || headers['debug-log-enabled'] === 'true' || keptByDatadog(headers);
}

function usableId(text: string | undefined): string | undefined {
  return text !== undefined && isCorrelationId(text) ? text : undefined;
}

function chainLength(text: string | undefined): number | undefined {
  return text === undefined || !CHAIN_LENGTH.test(text) ? undefined : Number(text) + 1;
}
