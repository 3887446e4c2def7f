/** Reads a PutMetricData request as CloudWatch does: everything is valid, or the first fault refuses all of it. */
import { invalidValue, MetricRequestError } from './metric-error.ts';
import { describe, type Fields, fields, missing, name, number, positive, text } from './parameters.ts';

export interface MetricInput {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Values with how often each occurred; empty where only statistics were sent. */
  readonly values: readonly (readonly [value: number, count: number])[];
  readonly statistics: Statistics;
}

export interface Statistics {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

const MAX_METRICS = 1_000;
const MAX_DIMENSIONS = 30;
const MAX_VALUES = 150;
const MAX_DIMENSION = 1_024;
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;

/** Throws {@link MetricRequestError}. A time that is left out is `now`. */
export function readPutMetricData(body: unknown, now: number): readonly MetricInput[] {
  const request = fields(body, 'request');
  const namespace = name(request.Namespace, 'Namespace');
  if (namespace.startsWith('AWS/')) throw invalidValue('Namespace', 'no name of AWS itself', namespace);
  const data = request.MetricData;
  if (!Array.isArray(data)) throw missing('MetricData');
  if (data.length > MAX_METRICS) {
    throw new MetricRequestError(
      'InvalidParameterValueException',
      `The collection MetricData must not have a size greater than ${MAX_METRICS}.`,
    );
  }
  return data.map((datum, at) => readDatum(datum, `MetricData.member.${at + 1}`, namespace, now));
}

function readDatum(input: unknown, path: string, namespace: string, now: number): MetricInput {
  const datum = fields(input, path);
  const resolution = datum.StorageResolution ?? 60;
  if (resolution !== 1 && resolution !== 60) {
    throw invalidValue(`${path}.StorageResolution`, '1 or 60', resolution);
  }
  const values = readValues(datum, path);
  return {
    namespace,
    name: name(datum.MetricName, `${path}.MetricName`),
    dimensions: readDimensions(datum.Dimensions ?? [], `${path}.Dimensions`),
    unit: typeof datum.Unit === 'string' ? datum.Unit : 'None',
    at: readTime(datum.Timestamp, `${path}.Timestamp`, now),
    values,
    statistics:
      datum.StatisticValues === undefined
        ? statisticsOf(values)
        : readStatistics(fields(datum.StatisticValues, path), path),
  };
}

function readValues(datum: Fields, path: string): MetricInput['values'] {
  const given = ['Value', 'Values', 'StatisticValues'].filter((key) => datum[key] !== undefined);
  if (given.length > 1) {
    throw new MetricRequestError(
      'InvalidParameterCombinationException',
      `The parameters ${given.map((key) => `${path}.${key}`).join(' and ')} are mutually exclusive.`,
    );
  }
  switch (given[0]) {
    case undefined:
      throw missing(`${path}.Value`);
    case 'StatisticValues':
      return [];
    case 'Value':
      return [[number(datum.Value, `${path}.Value`), 1]];
    default:
      return readCountedValues(datum, path);
  }
}

function readCountedValues(datum: Fields, path: string): MetricInput['values'] {
  const values: unknown = datum.Values;
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_VALUES) {
    throw invalidValue(`${path}.Values`, `a list of 1 to ${MAX_VALUES}`, describe(values));
  }
  const counts: unknown = datum.Counts ?? values.map(() => 1);
  if (!Array.isArray(counts) || counts.length !== values.length) {
    throw invalidValue(`${path}.Counts`, `a list of ${values.length}`, describe(counts));
  }
  return values.map((value, at) => [
    number(value, `${path}.Values.member.${at + 1}`),
    positive(counts[at], `${path}.Counts.member.${at + 1}`),
  ]);
}

function readStatistics(set: Fields, path: string): Statistics {
  const read = (key: string): number => number(set[key], `${path}.StatisticValues.${key}`);
  const min = read('Minimum');
  const max = read('Maximum');
  if (min > max) throw invalidValue(`${path}.StatisticValues.Minimum`, `at most ${max}`, min);
  return {
    sum: read('Sum'),
    count: positive(set.SampleCount, `${path}.StatisticValues.SampleCount`),
    min,
    max,
  };
}

/** Of values with how often each occurred; at least one. */
export function statisticsOf(values: MetricInput['values']): Statistics {
  return {
    sum: values.reduce((sum, [value, count]) => sum + value * count, 0),
    count: values.reduce((sum, [, count]) => sum + count, 0),
    min: Math.min(...values.map(([value]) => value)),
    max: Math.max(...values.map(([value]) => value)),
  };
}

function readDimensions(input: unknown, path: string): Readonly<Record<string, string>> {
  if (!Array.isArray(input) || input.length > MAX_DIMENSIONS) {
    throw invalidValue(path, `a list of at most ${MAX_DIMENSIONS}`, describe(input));
  }
  const pairs = input.map((dimension: unknown, at): [string, string] => {
    const { Name, Value } = fields(dimension, `${path}.member.${at + 1}`);
    const key = name(Name, `${path}.member.${at + 1}.Name`);
    return [key, text(Value, `${path}.member.${at + 1}.Value`, MAX_DIMENSION)];
  });
  return Object.fromEntries(pairs);
}

/** The protocol sends seconds since 1970. */
function readTime(input: unknown, path: string, now: number): number {
  if (input === undefined || input === null) return now;
  const at = typeof input === 'number' ? input * 1_000 : Date.parse(String(input));
  if (!(at >= now - OLDEST_MS && at <= now + NEWEST_MS)) {
    throw invalidValue(path, 'a time from two weeks ago to two hours ahead', input);
  }
  return at;
}
