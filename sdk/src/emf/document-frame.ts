/** Builds what the documents of one call have in common: namespace, time, dimensions and properties. */
import { redactedCopy } from '../redaction/redacted-copy.ts';
import { cleanName, freeName, MAX_DIMENSION_CHARS, MAX_VALUE_CHARS, quoted } from './emf-names.ts';

export interface EmfFrame {
  /** Up to the list of metric definitions. */
  readonly open: string;
  /** From there to the members of the metrics. */
  readonly middle: string;
  readonly bytes: number;
}

export interface FrameParts {
  readonly namespace: string;
  /** Epoch milliseconds, whole. */
  readonly timestamp: number;
  readonly level: string | undefined;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly sets: readonly (readonly string[])[] | undefined;
  readonly properties: Readonly<Record<string, unknown>> | undefined;
  /** Root members that metrics have. */
  readonly taken: ReadonlySet<string>;
  /** Root members that are neither metrics nor anyone's. */
  readonly reserved: ReadonlySet<string>;
}

/** The format's limit on a set of dimensions. */
const MAX_DIMENSIONS = 30;
/** So that the common part never fills a line: longer values of dimensions are cut, more properties left out. */
const MAX_DIMENSION_BYTES = 24_576;
const MAX_PROPERTY_BYTES = 24_576;
const SHORT_VALUE_CHARS = 256;
/** Names are cut to so many only where they have to be changed. */
const MAX_PROPERTY_CHARS = 256;
const NOTHING = { text: '', bytes: 0 };
export function documentFrame(parts: FrameParts, onProblem: (problem: string) => void): EmfFrame {
  const { dimensions, rest, names } = readDimensions(parts, onProblem);
  let roots = rootMembers(dimensions, MAX_VALUE_CHARS);
  if (roots.length > MAX_DIMENSION_BYTES) {
    onProblem('values of dimensions were cut');
    roots = rootMembers(dimensions, SHORT_VALUE_CHARS);
  }
  const others = propertiesOf(parts, { dimensions, rest }, onProblem);
  const head =
    parts.level === undefined
      ? ''
      : `"level":${JSON.stringify(parts.level)},"timestamp":"${new Date(parts.timestamp).toISOString()}",`;
  const open = `{${head}"_aws":{"Timestamp":${parts.timestamp},"CloudWatchMetrics":[{"Namespace":${quoted(parts.namespace)},"Dimensions":${setsText(parts.sets, names)},"Metrics":[`;
  const middle = `]}]}${roots}${others.text}`;
  return { open, middle, bytes: open.length + middle.length - others.text.length + others.bytes };
}

function readDimensions(
  { dimensions, taken, reserved }: FrameParts,
  onProblem: (problem: string) => void,
): {
  dimensions: Map<string, string>;
  rest: Record<string, unknown> | undefined;
  names: Map<string, string>;
} {
  const read = new Map<string, string>();
  let rest: Record<string, unknown> | undefined;
  /** From the caller's name to the written one. */
  const names = new Map<string, string>();
  for (const given of Object.keys(dimensions)) {
    const text = dimensions[given];
    const value = cleanName(typeof text === 'string' ? text : String(text), MAX_VALUE_CHARS);
    const clean = cleanName(given, MAX_DIMENSION_CHARS);
    if (clean === undefined || value === undefined) {
      onProblem('a dimension without a usable name or value was left out');
      continue;
    }
    if (read.size >= MAX_DIMENSIONS) {
      onProblem('dimensions beyond the thirtieth were made properties');
      rest ??= {};
      rest[clean] = value;
      continue;
    }
    const name = freeName(clean, MAX_DIMENSION_CHARS, [taken, read, reserved]);
    if (name !== given) onProblem(`dimension name changed to ${name}`);
    names.set(given, name);
    read.set(name, value);
  }
  return { dimensions: read, rest, names };
}

function rootMembers(dimensions: ReadonlyMap<string, string>, maxChars: number): string {
  let text = '';
  for (const [name, value] of dimensions) text += `,${quoted(name)}:${quoted(value.slice(0, maxChars))}`;
  return text;
}

/** Names of dimensions that were left out are left out of the sets. */
function setsText(sets: FrameParts['sets'], names: ReadonlyMap<string, string>): string {
  if (sets === undefined || sets.length === 0) return `[[${[...names.values()].map(quoted)}]]`;
  const texts = sets.map((set) => {
    const known = new Set(set.flatMap((name) => names.get(name) ?? []));
    return `[${[...known].map(quoted)}]`;
  });
  return `[${[...new Set(texts)]}]`;
}

function propertiesOf(
  { properties, taken, reserved }: FrameParts,
  {
    dimensions,
    rest,
  }: { readonly dimensions: ReadonlyMap<string, string>; readonly rest: object | undefined },
  onProblem: (problem: string) => void,
): { readonly text: string; readonly bytes: number } {
  if (properties === undefined && rest === undefined) return NOTHING;
  const used = new Set([...taken, ...reserved, ...dimensions.keys()]);
  return propertyMembers({ ...rest, ...properties }, used, onProblem);
}

function propertyMembers(
  properties: Readonly<Record<string, unknown>>,
  used: Set<string>,
  onProblem: (problem: string) => void,
): { text: string; bytes: number } {
  let text = '';
  let bytes = 0;
  // The copy of an object is an object.
  const clean = redactedCopy(properties, MAX_PROPERTY_BYTES) as Record<string, unknown>;
  for (const given of Object.keys(clean)) {
    const value = JSON.stringify(clean[given]);
    if (value === undefined) continue;
    const name = freeName(given, MAX_PROPERTY_CHARS, [used]);
    if (name !== given) onProblem('names of properties were changed, because others have them');
    const member = `,${JSON.stringify(name)}:${value}`;
    const size = Buffer.byteLength(member);
    if (bytes + size > MAX_PROPERTY_BYTES) {
      onProblem('properties were left out, because they do not fit');
      break;
    }
    used.add(name);
    text += member;
    bytes += size;
  }
  return { text, bytes };
}
