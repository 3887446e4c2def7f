/** Reads and writes the W3C `traceparent` header (Trace Context level 1 and 2). */

export interface TraceParent {
  /** 32 lower-case hex digits, not all zero. */
  readonly traceId: string;
  /** 16 lower-case hex digits, not all zero. */
  readonly spanId: string;
  readonly sampled: boolean;
  /** Level 2: the low 56 bits of the trace id are random. */
  readonly random: boolean;
}

const SHAPE = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;
const LENGTH = 55;
/** What later versions may append is not read. */
const MAX_CHARS = 512;
const OUTER_SPACE = /^[\t ]+|[\t ]+$/g;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

const SAMPLED = 1;
const RANDOM = 2;
/** By the only two bits that are written. */
const FLAGS = ['00', '01', '02', '03'] as const;

/** A header is judged where it is found and read again where it is used; in between comes no other. */
let lastHeader: string | undefined;
let lastParent: TraceParent | undefined;

/** Undefined for everything that the specification calls invalid. A later version is read by its first 55 characters. */
export function parseTraceparent(given: string): TraceParent | undefined {
  if (given === lastHeader) return lastParent;
  const parent = parse(given);
  if (parent === undefined) return undefined;
  lastHeader = given;
  lastParent = parent;
  return parent;
}

export function formatTraceparent({ traceId, spanId, sampled, random }: TraceParent): string {
  return `00-${traceId}-${spanId}-${FLAGS[(sampled ? SAMPLED : 0) + (random ? RANDOM : 0)]}`;
}

function parse(given: string): TraceParent | undefined {
  if (given.length < LENGTH || given.length > MAX_CHARS) return undefined;
  // White space around a value is HTTP's and not part of it.
  const header = given.length === LENGTH ? given : given.replace(OUTER_SPACE, '');
  if (!SHAPE.test(header)) return undefined;
  if (header.startsWith('ff') || (header.startsWith('00') && header.length !== LENGTH)) return undefined;
  const traceId = header.slice(3, 35);
  const spanId = header.slice(36, 52);
  if (traceId === NO_TRACE || spanId === NO_SPAN) return undefined;
  const flags = Number.parseInt(header.slice(53, LENGTH), 16);
  return { traceId, spanId, sampled: (flags & SAMPLED) !== 0, random: (flags & RANDOM) !== 0 };
}
