/** The CloudWatch metrics that Trailgate publishes: the one list that detectors write from and dashboards read from. */

export const METRIC_NAMESPACE = 'Trailgate';

/** Per minute; dimension `Service`, and where said also `Service` + `Route`. A user's counter is published beside them under its own name. */
export const METRICS = {
  requests: { name: 'Requests', unit: 'Count', byRoute: true },
  errors: { name: 'Errors', unit: 'Count', byRoute: true },
  latency: { name: 'Latency', unit: 'Milliseconds', byRoute: true },
  failedLogins: { name: 'FailedLogins', unit: 'Count', byRoute: false },
  coldStarts: { name: 'ColdStarts', unit: 'Count', byRoute: false },
  uncountedRequests: { name: 'UncountedRequests', unit: 'Count', byRoute: false },
} as const;

export type MetricKey = keyof typeof METRICS;

/** A user's distribution is published as two metrics: its name with these behind it. The average is their quotient. */
export const DISTRIBUTION_METRICS = { sum: '.Sum', count: '.Count' } as const;

type RatedUnit =
  | ('Bytes' | 'Kilobytes' | 'Megabytes' | 'Gigabytes' | 'Terabytes')
  | ('Bits' | 'Kilobits' | 'Megabits' | 'Gigabits' | 'Terabits')
  | 'Count';
export type MetricUnit =
  | ('Seconds' | 'Microseconds' | 'Milliseconds' | 'Percent' | 'None')
  | RatedUnit
  | `${RatedUnit}/Second`;

const RATED_UNITS: readonly RatedUnit[] = [
  ...(['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'] as const),
  ...(['Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Count'] as const),
];

/** The units that CloudWatch knows (PutMetricData, `MetricDatum.Unit`). */
export const METRIC_UNITS: readonly MetricUnit[] = [
  ...(['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None'] as const),
  ...RATED_UNITS.flatMap((unit): MetricUnit[] => [unit, `${unit}/Second`]),
];
