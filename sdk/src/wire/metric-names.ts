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
