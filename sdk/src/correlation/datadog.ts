/** Reads the trace that Datadog's libraries propagate: 64-bit decimals, the upper half of the trace id in a tag. */
import type { CorrelationHeaders } from './correlation-headers.ts';

export interface DatadogTrace {
  readonly traceId: string;
  readonly parentSpanId: string | undefined;
}

const DECIMAL = /^[0-9]{1,20}$/;
const MAX_64 = 0xffff_ffff_ffff_ffffn;
const UPPER_HALF = /(?:^|,)_dd\.p\.tid=([0-9a-f]{16})(?:,|$)/;
const NO_UPPER_HALF = '0'.repeat(16);
const MAX_TAG_CHARS = 2048;
/** Decision maker 4 is a person's `manual.keep`; rates and rules keep with others. */
const KEPT_BY_HAND = /(?:^|,)_dd\.p\.dm=-4(?:,|$)/;
const USER_KEEP = '2';

export function datadogTrace(headers: CorrelationHeaders): DatadogTrace | undefined {
  const given = headers['x-datadog-trace-id'];
  const lower = given === undefined ? undefined : hex64(given);
  if (lower === undefined) return undefined;
  const parent = headers['x-datadog-parent-id'];
  return {
    traceId: `${UPPER_HALF.exec(tags(headers))?.[1] ?? NO_UPPER_HALF}${lower}`,
    parentSpanId: parent === undefined ? undefined : hex64(parent),
  };
}

/**
 * Only what code kept by hand: a priority of 1 is on almost every request, and one of 2 on all that a rule of
 * a fixed rate kept, so that obeying them would keep everything.
 */
export function keptByDatadog(headers: CorrelationHeaders): boolean {
  return headers['x-datadog-sampling-priority'] === USER_KEEP && KEPT_BY_HAND.test(tags(headers));
}

function tags(headers: CorrelationHeaders): string {
  const text = headers['x-datadog-tags'] ?? '';
  return text.length > MAX_TAG_CHARS ? '' : text;
}

/** 16 hex digits; undefined for 0 and for what is no unsigned 64-bit number. */
function hex64(decimal: string): string | undefined {
  if (!DECIMAL.test(decimal)) return undefined;
  const value = BigInt(decimal);
  return value === 0n || value > MAX_64 ? undefined : value.toString(16).padStart(16, '0');
}
