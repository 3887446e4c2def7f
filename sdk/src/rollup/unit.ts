/** Reads the unit of a user's metric: CloudWatch's own names and the short forms people write. */
import { METRIC_UNITS, type MetricUnit } from '../wire/metric-names.ts';

const SHORT_FORMS: Readonly<Record<string, MetricUnit>> = {
  s: 'Seconds',
  sec: 'Seconds',
  ms: 'Milliseconds',
  us: 'Microseconds',
  µs: 'Microseconds',
  b: 'Bytes',
  kb: 'Kilobytes',
  mb: 'Megabytes',
  gb: 'Gigabytes',
  tb: 'Terabytes',
  '%': 'Percent',
  '1': 'Count',
  '': 'None',
};

const BY_NAME: ReadonlyMap<string, MetricUnit> = new Map([
  ...METRIC_UNITS.flatMap((unit): [string, MetricUnit][] => [
    [unit, unit],
    [unit.toLowerCase(), unit],
  ]),
  ...Object.entries(SHORT_FORMS),
]);

const LONGEST_UNIT = 'Kilobytes/Second'.length;

/** CloudWatch's name of the unit, in any case of letters; undefined for what CloudWatch does not know. */
export function metricUnit(unit: string): MetricUnit | undefined {
  if (typeof unit !== 'string' || unit.length > LONGEST_UNIT) return undefined;
  return BY_NAME.get(unit) ?? BY_NAME.get(unit.toLowerCase());
}
