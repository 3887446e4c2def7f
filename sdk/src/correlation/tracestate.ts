/** Carries the decision to keep a request from service to service in the W3C `tracestate` header. */

const OWN_PREFIX = 'trailgate=';
const OWN_KEEP = `${OWN_PREFIX}keep`;
/** Trace Context §3.3.1.1. */
const MAX_MEMBERS = 32;
/** §3.3.1.5: at least so many are sent on; the own member comes on top. */
const MAX_CHARS = 512;
/** Members longer than this go first where not all fit, §3.3.1.5. */
const LONG_MEMBER_CHARS = 128;
/** Longer headers are as if they had not come: nobody has to send them on, and reading costs time. */
const MAX_READ_CHARS = 8192;
/** Keys as level 1 has them, and simple keys may begin with a digit as in level 2; lengths are counted apart, which is faster. */
const MEMBER =
  /^[a-z0-9][a-z0-9_\-*/]*(?:@[a-z][a-z0-9_\-*/]{0,13})?=[\x20-\x2b\x2d-\x3c\x3e-\x7e]*[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const MAX_KEY_CHARS = 256;
const MAX_TENANT_CHARS = 241;
const SPACE = 32;
const OUTER_SPACE = /^[\t ]+|[\t ]+$/g;

export interface TraceState {
  readonly keep: boolean;
  /** Members of other vendors, in their order: 32 and 512 characters at most. */
  readonly others: readonly string[];
}

export const EMPTY_TRACESTATE: TraceState = { keep: false, others: [] };

/** A header with a broken or repeated member, or more than 32, is discarded whole, as the specification wants. */
export function parseTracestate(header: string): TraceState {
  if (header.length > MAX_READ_CHARS) return EMPTY_TRACESTATE;
  if (header === OWN_KEEP) return { keep: true, others: [] };
  const others: string[] = [];
  let own: string | undefined;
  let members = 0;
  for (const part of header.split(',')) {
    const member = hasOuterSpace(part) ? part.replace(OUTER_SPACE, '') : part;
    if (member === '') continue;
    if (members === MAX_MEMBERS || !isMember(member)) return EMPTY_TRACESTATE;
    members += 1;
    if (member.startsWith(OWN_PREFIX)) {
      if (own !== undefined) return EMPTY_TRACESTATE;
      own = member;
    } else {
      const prefix = member.slice(0, member.indexOf('=') + 1);
      if (others.some((other) => other.startsWith(prefix))) return EMPTY_TRACESTATE;
      others.push(member);
    }
  }
  return { keep: own === OWN_KEEP, others: fitting(others) };
}

/** Own member first, as the specification wants of one that was changed. */
export function formatTracestate({ keep, others }: TraceState): string {
  if (!keep) return others.length === 0 ? '' : others.join(',');
  return others.length === 0 ? OWN_KEEP : [OWN_KEEP, ...others.slice(0, MAX_MEMBERS - 1)].join(',');
}

function isMember(member: string): boolean {
  const equals = member.indexOf('=');
  return (
    equals <= MAX_KEY_CHARS &&
    member.length - equals - 1 <= MAX_KEY_CHARS &&
    (equals <= MAX_TENANT_CHARS || member.lastIndexOf('@', equals) <= MAX_TENANT_CHARS) &&
    MEMBER.test(member)
  );
}

function hasOuterSpace(part: string): boolean {
  return part.charCodeAt(0) <= SPACE || part.charCodeAt(part.length - 1) <= SPACE;
}

function fitting(members: string[]): readonly string[] {
  let chars = members.reduce((sum, member) => sum + member.length + 1, -1);
  while (chars > MAX_CHARS) {
    const long = members.findLastIndex((member) => member.length > LONG_MEMBER_CHARS);
    const [removed = ''] = members.splice(long === -1 ? members.length - 1 : long, 1);
    chars -= removed.length + 1;
  }
  return members;
}
