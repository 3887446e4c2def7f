/** Reads metrics out of a log line in the embedded metric format, as CloudWatch Logs does of every line that it takes. */
import { METRIC_UNITS } from '@trailgate/sdk/wire';
import { type MetricInput, statisticsOf } from './put-metric-data.ts';

/** "Specification: Embedded metric format": metrics of a directive, values of a metric, dimensions of a set. */
const MAX_METRICS = 100;
const MAX_VALUES = 100;
const MAX_DIMENSIONS = 30;
/** Times that CloudWatch takes metrics of. */
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;
/** Cheaper than parsing a line that cannot have it. */
const MARK = '"CloudWatchMetrics"';

const UNITS: ReadonlySet<unknown> = new Set(METRIC_UNITS);

type Json = Readonly<Record<string, unknown>>;

/** Nothing for a line that is not of the format, and nothing for what in it breaks the format; `now` is epoch milliseconds. */
export function emfToMetrics(line: string, now: number): readonly MetricInput[] {
  if (!line.includes(MARK)) return [];
  const root = parseObject(line);
  const meta = objectOr(root?._aws);
  if (root === undefined || meta === undefined) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = meta;
  if (typeof at !== 'number' || !(at >= now - OLDEST_MS && at <= now + NEWEST_MS)) return [];
  return listOr(directives).flatMap((directive) => readDirective(directive, root, at));
}

function readDirective(directive: unknown, root: Json, at: number): readonly MetricInput[] {
  const { Namespace: namespace, Dimensions, Metrics } = objectOr(directive) ?? {};
  if (typeof namespace !== 'string' || namespace === '') return [];
  const sets = listOr(Dimensions)
    .map((set) => readDimensions(set, root))
    .filter((set) => set !== undefined);
  const metrics = listOr(Metrics);
  if (metrics.length > MAX_METRICS) return [];
  return metrics.flatMap((metric) => {
    const { Name: name, Unit: unit = 'None' } = objectOr(metric) ?? {};
    if (typeof name !== 'string' || name === '' || typeof unit !== 'string' || !UNITS.has(unit)) return [];
    const values = readValues(root[name]);
    if (values === undefined) return [];
    const statistics = statisticsOf(values);
    return sets.map((dimensions) => ({ namespace, name, dimensions, unit, at, values, statistics }));
  });
}

/** Values of a set's dimensions, which stand at the root; undefined when one is missing. */
function readDimensions(set: unknown, root: Json): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(set) || set.length > MAX_DIMENSIONS) return undefined;
  const pairs: [string, string][] = [];
  for (const name of set as readonly unknown[]) {
    const value = typeof name === 'string' ? root[name] : undefined;
    if (typeof name !== 'string' || typeof value !== 'string' || value === '') return undefined;
    pairs.push([name, value]);
  }
  return Object.fromEntries(pairs);
}

/** One number, several, or several with how often each occurred. */
function readValues(target: unknown): MetricInput['values'] | undefined {
  if (isNumber(target)) return [[target, 1]];
  if (Array.isArray(target)) return pairsOf(target, undefined);
  const { Values, Counts } = objectOr(target) ?? {};
  return pairsOf(Values, Counts);
}

function pairsOf(values: unknown, counts: unknown): MetricInput['values'] | undefined {
  const numbers = listOr(values);
  const times = counts === undefined ? numbers.map(() => 1) : listOr(counts);
  if (numbers.length === 0 || numbers.length > MAX_VALUES || times.length !== numbers.length)
    return undefined;
  if (!numbers.every(isNumber) || !times.every(isNumber)) return undefined;
  return numbers.map((value, place): [number, number] => [value, times[place] ?? 1]);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOr(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function parseObject(line: string): Json | undefined {
  try {
    return objectOr(JSON.parse(line));
  } catch {
    return undefined; // a text line that names the member
  }
}
