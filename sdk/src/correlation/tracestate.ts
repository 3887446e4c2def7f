/** Carries the decision to keep a request from service to service in the W3C `tracestate` header. */

const OWN_KEY = 'trailgate';
const OWN_KEEP = `${OWN_KEY}=keep`;
/** Trace Context §3.3.1.1 and §3.3.1.5. */
const MAX_MEMBERS = 32;
const MAX_CHARS = 512;
const MEMBER =
  /^[a-z0-9][a-z0-9_\-*/@]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

export interface TraceState {
  readonly keep: boolean;
  /** Members of other vendors, in their order. */
  readonly others: readonly string[];
}

export const EMPTY_TRACESTATE: TraceState = { keep: false, others: [] };

/** Members that break the grammar are left out; so is what does not fit. */
export function parseTracestate(header: string): TraceState {
  const others: string[] = [];
  let keep = false;
  let chars = OWN_KEEP.length;
  for (const part of header.slice(0, MAX_CHARS * 2).split(',')) {
    const member = part.trim();
    if (!MEMBER.test(member)) continue;
    if (member.startsWith(`${OWN_KEY}=`)) {
      keep = member === OWN_KEEP;
      continue;
    }
    chars += member.length + 1;
    if (others.length >= MAX_MEMBERS - 1 || chars > MAX_CHARS) break;
    others.push(member);
  }
  return { keep, others };
}

/** Own member first, as the specification wants of one that was changed. */
export function formatTracestate({ keep, others }: TraceState): string {
  return (keep ? [OWN_KEEP, ...others] : others).join(',');
}
