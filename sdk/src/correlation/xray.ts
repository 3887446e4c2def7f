/** Reads the trace id of an `X-Amzn-Trace-Id` header, whose parts come in any order (a load balancer puts `Self` first). */

const ROOT = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?=;|$)/i;
const NO_TRACE = '0'.repeat(32);

/** The root as a W3C trace id, 32 lower-case hex digits; undefined when there is none that is valid. */
export function xrayTraceId(header: string | undefined): string | undefined {
  const root = header === undefined ? null : ROOT.exec(header);
  if (root === null) return undefined;
  const traceId = `${root[1]}${root[2]}`.toLowerCase();
  return traceId === NO_TRACE ? undefined : traceId;
}
