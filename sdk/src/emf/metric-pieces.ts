/** Cuts metrics into pieces that one document can hold: a name once, a hundred values. */
import { cleanName, freeName, isMetricValue, isUnit, MAX_METRIC_CHARS, quoted } from './emf-names.ts';

export interface EmfMetric {
  /** 1 to 255 characters of printable ASCII, not beginning with a colon. */
  readonly name: string;
  /** A CloudWatch unit. @default 'None' */
  readonly unit?: string;
  /** One value or many. */
  readonly value: number | readonly number[];
  /** How often each of many values occurred; once each where absent. */
  readonly counts?: readonly number[];
  /** Sum of all of them, where it is known better than the values tell it. */
  readonly sum?: number;
  /** Seconds. @default 60 */
  readonly resolution?: 1 | 60;
}

/** A metric, or a part of one, as texts that go into a document. ASCII only, so that characters are bytes. */
export interface MetricPiece {
  readonly name: string;
  /** The name in quotes. */
  readonly key: string;
  readonly definition: string;
  readonly value: string;
}

/** The format's limit on the values of a metric in one document. */
const MAX_VALUES = 100;

/** Gives nothing for a metric that has no usable name or value. */
export function metricPieces(
  metric: EmfMetric,
  reserved: ReadonlySet<string>,
  onProblem: (problem: string) => void,
): MetricPiece[] {
  const { unit, resolution, value } = metric;
  const clean = cleanName(metric.name, MAX_METRIC_CHARS);
  if (clean === undefined) {
    onProblem('a metric without a usable name was left out');
    return [];
  }
  const name = reserved.has(clean) ? freeName(clean, MAX_METRIC_CHARS, [reserved]) : clean;
  if (name !== metric.name) onProblem(`metric name changed to ${name}`);
  const key = quoted(name);
  if (unit !== undefined && !isUnit(unit)) onProblem(`unit of metric ${name} is none of CloudWatch's`);
  const written = `"Unit":"${isUnit(unit) ? unit : 'None'}"${resolution === 1 ? ',"StorageResolution":1' : ''}`;
  const definition = `{"Name":${key},${written}}`;
  if (isMetricValue(value)) return [{ name, key, definition, value: String(value) }];
  const values = Array.isArray(value) ? valueTexts(metric, value) : [];
  if (values.length === 0) onProblem(`metric ${name} has no usable value`);
  return values.map((text) => ({ name, key, definition, value: text }));
}

function valueTexts({ counts, sum }: EmfMetric, values: readonly unknown[]): string[] {
  if (Array.isArray(counts)) return histogramTexts(values, counts, sum);
  const usable = values.filter(isMetricValue);
  const texts: string[] = [];
  for (let i = 0; i < usable.length; i += MAX_VALUES)
    texts.push(`[${usable.slice(i, i + MAX_VALUES).join(',')}]`);
  return texts;
}

/**
 * Values with counts, as CloudWatch takes them from the OpenTelemetry collector: it sums up `Counts` itself; the
 * other members are there for those who read the line.
 */
function histogramTexts(values: readonly unknown[], counts: readonly unknown[], sum: unknown): string[] {
  const usable: (readonly [number, number])[] = [];
  for (const [i, value] of values.entries()) {
    const count = counts[i];
    if (isMetricValue(value) && isMetricValue(count) && count > 0) usable.push([value, count]);
  }
  const texts: string[] = [];
  let left = isMetricValue(sum) ? sum : undefined;
  for (let i = 0; i < usable.length; i += MAX_VALUES) {
    const part = usable.slice(i, i + MAX_VALUES);
    const told = part.reduce((total, [value, count]) => total + value * count, 0);
    const last = i + MAX_VALUES >= usable.length;
    texts.push(histogramText(part, left !== undefined && last ? left : told));
    if (left !== undefined) left -= told;
  }
  return texts;
}

function histogramText(part: readonly (readonly [number, number])[], sum: number): string {
  const values = part.map(([value]) => value);
  const counts = part.map(([, count]) => count);
  const count = counts.reduce((total, one) => total + one, 0);
  const extremes = `"Max":${Math.max(...values)},"Min":${Math.min(...values)}`;
  return `{"Values":[${values}],"Counts":[${counts}],${extremes},"Count":${finite(count)},"Sum":${finite(sum)}}`;
}

/** Sums of values at the edge of what CloudWatch takes stay below what JSON can write, so this is for caution's sake. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
