/** Reads an `X-Amzn-Trace-Id` header, whose parts come in any order (a load balancer puts `Self` first). */

export interface XrayTrace {
  /** The root as a W3C trace id, 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly parentSpanId: string | undefined;
}

/** `Self`, `Sampled`, `Lineage` and whatever else stands there is passed over. */
const ROOT = /(?:^|;) *Root= *1-([0-9a-f]{8})-([0-9a-f]{24}) *(?:;|$)/i;
const PARENT = /(?:^|;) *Parent= *([0-9a-f]{16}) *(?:;|$)/i;
/** X-Ray rewrites longer ones. */
const MAX_CHARS = 7168;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** Undefined when there is no root that is valid. */
export function parseXrayHeader(header: string | undefined): XrayTrace | undefined {
  if (header === undefined || header.length > MAX_CHARS) return undefined;
  const [, time, random] = ROOT.exec(header) ?? [];
  const traceId = `${time}${random}`.toLowerCase();
  if (time === undefined || traceId === NO_TRACE) return undefined;
  const parent = PARENT.exec(header)?.[1]?.toLowerCase();
  return { traceId, parentSpanId: parent === NO_SPAN ? undefined : parent };
}
