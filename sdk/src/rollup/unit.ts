/** Reads the unit of a user's metric: CloudWatch's own names and the short forms people write. */
import { METRIC_UNITS, type MetricUnit } from '../wire/metric-names.ts';

/** Short form and unit, by turns. */
const SHORT_FORMS =
  's Seconds sec Seconds ms Milliseconds us Microseconds µs Microseconds b Bytes kb Kilobytes mb Megabytes gb Gigabytes tb Terabytes % Percent 1 Count';

const BY_NAME: ReadonlyMap<string, MetricUnit> = new Map([
  ['', 'None'],
  ...METRIC_UNITS.map((unit) => [unit.toLowerCase(), unit] as const),
  ...Array.from(
    SHORT_FORMS.matchAll(/(\S+) (\S+)/g),
    ([, short, unit]) => [short ?? '', unit as MetricUnit] as const,
  ),
]);

const LONGEST_UNIT = 'Kilobytes/Second'.length;

/** CloudWatch's name of the unit, in any case of letters; undefined for what CloudWatch does not know. */
export function metricUnit(unit: string): MetricUnit | undefined {
  if (typeof unit !== 'string' || unit.length > LONGEST_UNIT) return undefined;
  return BY_NAME.get(unit) ?? BY_NAME.get(unit.toLowerCase());
}
