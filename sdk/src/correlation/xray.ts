/** Reads an `X-Amzn-Trace-Id` header, whose parts come in any order (a load balancer puts `Self` first). */

export interface XrayTrace {
  /** The root as a W3C trace id, 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly parentSpanId: string | undefined;
}

/** `Root` and `Parent` are read; `Self`, `Sampled`, `Lineage` and whatever else stands there is passed over. */
const ROOT = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
const PARENT = /^[0-9a-f]{16}$/;
/** Nothing to trim or to put into lower case. */
const PLAIN = /^[0-9a-f-]*$/;
const SEPARATOR = 59;
/** X-Ray rewrites longer ones. */
const MAX_CHARS = 7168;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** Undefined when there is no root that is valid. */
export function parseXrayHeader(header: string | undefined): XrayTrace | undefined {
  if (header === undefined || header.length > MAX_CHARS) return undefined;
  const root = part(header, 'Root=');
  if (root === undefined || !ROOT.test(root)) return undefined;
  const traceId = root.slice(2, 10) + root.slice(11);
  if (traceId === NO_TRACE) return undefined;
  const parent = part(header, 'Parent=');
  const valid = parent !== undefined && PARENT.test(parent) && parent !== NO_SPAN;
  return { traceId, parentSpanId: valid ? parent : undefined };
}

/** In lower case, from behind its name to the next separator. */
function part(header: string, name: string): string | undefined {
  let at = header.indexOf(name);
  while (at > 0 && !beginsPart(header, at)) at = header.indexOf(name, at + 1);
  if (at === -1) return undefined;
  const end = header.indexOf(';', at);
  const value = header.slice(at + name.length, end === -1 ? undefined : end);
  return PLAIN.test(value) ? value : value.trim().toLowerCase();
}

function beginsPart(header: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && header.charCodeAt(before) === 32) before -= 1;
  return before < 0 || header.charCodeAt(before) === SEPARATOR;
}
