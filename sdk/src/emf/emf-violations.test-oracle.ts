/** Checks lines against the embedded metric format, for tests: written from its specification and nothing of ours. */
import { METRIC_UNITS } from '../wire/metric-names.ts';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { Name: string; Unit?: string; StorageResolution?: number }[];
}

const NAME = /^(?!:)[\x20-\x7e]+$/;

/**
 * What a line breaks of "Specification: Embedded metric format" (CloudWatch user guide: its JSON schema and limits)
 * and of PutMetricData's limits on names and values.
 */
export function violations(line: string): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || found.push(what));
  must(!/[\n\r]/.test(line) && Buffer.byteLength(line) <= 65_535, 'one line that Lambda does not split');
  const root = JSON.parse(line);
  const { Timestamp, CloudWatchMetrics } = root._aws;
  must(Number.isInteger(Timestamp) && Timestamp >= 0, 'timestamp in whole milliseconds');
  must(Array.isArray(CloudWatchMetrics) && CloudWatchMetrics.length > 0, 'directives');
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics as Directive[]) {
    must(/^(?!:)[0-9A-Za-z.\-_/#: ]{1,255}$/.test(Namespace), `namespace ${Namespace}`);
    must(Dimensions.length > 0, 'at least one set of dimensions');
    must(Metrics.length > 0 && Metrics.length <= 100, `${Metrics.length} metrics`);
    const names = Metrics.map(({ Name }) => Name);
    must(new Set(names).size === names.length, 'a metric once');
    for (const set of Dimensions) {
      must(set.length <= 30 && new Set(set).size === set.length, `${set.length} dimensions`);
      for (const name of set) {
        must(NAME.test(name) && name.trim() !== '' && name.length <= 250, `dimension ${name}`);
        must(!names.includes(name) && name !== '_aws', `dimension ${name} is something else too`);
        const value = root[name];
        must(
          typeof value === 'string' && NAME.test(value) && value.trim() !== '' && value.length <= 1024,
          `value ${value}`,
        );
      }
    }
    for (const { Name, Unit, StorageResolution, ...more } of Metrics) {
      must(NAME.test(Name) && Name.trim() !== '' && Name.length <= 255 && Name !== '_aws', `metric ${Name}`);
      must((METRIC_UNITS as readonly unknown[]).includes(Unit), `unit ${Unit}`);
      must(
        StorageResolution === undefined || StorageResolution === 1 || StorageResolution === 60,
        'resolution',
      );
      must(Object.keys(more).length === 0, 'no other members');
      must(isTarget(root[Name]), `values of ${Name}: ${JSON.stringify(root[Name])}`);
    }
  }
  return found;
}

function isTarget(value: unknown): boolean {
  if (Number.isFinite(value)) return true;
  if (Array.isArray(value)) return value.length > 0 && value.length <= 100 && value.every(Number.isFinite);
  const { Values, Counts, Max, Min, Sum, Count } = value as Record<string, number[]>;
  return (
    isTarget(Values) &&
    isTarget(Counts) &&
    Values?.length === Counts?.length &&
    [Max, Min, Sum, Count].every(Number.isFinite)
  );
}

/** All that the lines say of a metric, in one dimension set or more. */
export function total(lines: readonly string[], name: string): number {
  let sum = 0;
  for (const line of lines) {
    const value = JSON.parse(line)[name];
    if (typeof value === 'number') sum += value;
    else if (Array.isArray(value)) for (const one of value) sum += one;
    else if (value !== undefined) sum += value.Sum;
  }
  return sum;
}
