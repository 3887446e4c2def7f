/** The CloudWatch metrics that Trailgate publishes: the one list that detectors and collectors write from and dashboards read from. */

export const METRIC_NAMESPACE = 'Trailgate';
/** The pipeline's own health, apart from what it watches. */
export const PIPELINE_NAMESPACE = 'Trailgate/Pipeline';

/** Per minute; dimension `Service`, and where said also `Service` + `Route`. A user's counter is published beside them under its own name. */
export const METRICS = {
  requests: { name: 'Requests', unit: 'Count', byRoute: true },
  errors: { name: 'Errors', unit: 'Count', byRoute: true },
  latency: { name: 'Latency', unit: 'Milliseconds', byRoute: true },
  throttles: { name: 'Throttles', unit: 'Count', byRoute: true },
  failedLogins: { name: 'FailedLogins', unit: 'Count', byRoute: false },
  coldStarts: { name: 'ColdStarts', unit: 'Count', byRoute: false },
  uncountedRequests: { name: 'UncountedRequests', unit: 'Count', byRoute: false },
  missingRecords: { name: 'MissingRecords', unit: 'Count', byRoute: false },
} as const;

export type MetricKey = keyof typeof METRICS;

/** Per minute, from what the platform reports of each invocation; dimension `Function`. */
export const FUNCTION_METRICS = {
  invocations: { name: 'Invocations', unit: 'Count' },
  coldStarts: { name: 'ColdStarts', unit: 'Count' },
  errors: { name: 'Errors', unit: 'Count' },
  timeouts: { name: 'Timeouts', unit: 'Count' },
  outOfMemory: { name: 'OutOfMemory', unit: 'Count' },
  crashes: { name: 'Crashes', unit: 'Count' },
  duration: { name: 'Duration', unit: 'Milliseconds' },
  billedDuration: { name: 'BilledDuration', unit: 'Milliseconds' },
  initDuration: { name: 'InitDuration', unit: 'Milliseconds' },
  /** Configured memory less the most that was used. */
  memoryHeadroom: { name: 'MemoryHeadroom', unit: 'Megabytes' },
} as const;

export type FunctionMetricKey = keyof typeof FUNCTION_METRICS;

/** Per invocation of the collector, in `PIPELINE_NAMESPACE`; dimension `Function` where the collector is told its name. */
export const COLLECTOR_METRICS = {
  lag: { name: 'Lag', unit: 'Milliseconds' },
  oldestRecordAge: { name: 'OldestRecordAge', unit: 'Milliseconds' },
  batchDuration: { name: 'BatchDuration', unit: 'Milliseconds' },
  memory: { name: 'Memory', unit: 'Bytes' },
  dataBytes: { name: 'DataBytes', unit: 'Bytes' },
  records: { name: 'Records', unit: 'Count' },
  unreadableRecords: { name: 'UnreadableRecords', unit: 'Count' },
  controlMessages: { name: 'ControlMessages', unit: 'Count' },
  partialBatches: { name: 'PartialBatches', unit: 'Count' },
  lines: { name: 'Lines', unit: 'Count' },
  businessLines: { name: 'BusinessLines', unit: 'Count' },
  trailLines: { name: 'TrailLines', unit: 'Count' },
  platformLines: { name: 'PlatformLines', unit: 'Count' },
  quarantinedLines: { name: 'QuarantinedLines', unit: 'Count' },
  undeliveredLines: { name: 'UndeliveredLines', unit: 'Count' },
  ownLines: { name: 'OwnLines', unit: 'Count' },
  repeatedDocuments: { name: 'RepeatedDocuments', unit: 'Count' },
  signals: { name: 'Signals', unit: 'Count' },
} as const;

export type CollectorMetricKey = keyof typeof COLLECTOR_METRICS;

/** The same for each channel, which is the beginning of the name: `BusinessIndexLatency`, `TrailIndexLatency`. */
export const CHANNEL_METRICS = {
  indexLatency: { name: 'IndexLatency', unit: 'Milliseconds' },
  indexCalls: { name: 'IndexCalls', unit: 'Count' },
  indexBytes: { name: 'IndexBytes', unit: 'Bytes' },
  indexFailures: { name: 'IndexFailures', unit: 'Count' },
  indexRetries: { name: 'IndexRetries', unit: 'Count' },
  indexHalvings: { name: 'IndexHalvings', unit: 'Count' },
  indexRejected: { name: 'IndexRejected', unit: 'Count' },
  indexUndelivered: { name: 'IndexUndelivered', unit: 'Count' },
} as const;

export type ChannelMetricKey = keyof typeof CHANNEL_METRICS;

/** What a channel's metrics begin with. */
export const CHANNEL_PREFIXES = { business: 'Business', trail: 'Trail' } as const;

/** Per batch of the detector, which is of one shard, in `PIPELINE_NAMESPACE`; dimension `Function`. */
export const DETECTOR_METRICS = {
  lag: { name: 'DetectorLag', unit: 'Milliseconds' },
  batchDuration: { name: 'DetectorDuration', unit: 'Milliseconds' },
  memory: { name: 'DetectorMemory', unit: 'Bytes' },
  records: { name: 'DetectorRecords', unit: 'Count' },
  repeatedRecords: { name: 'RepeatedRecords', unit: 'Count' },
  batchesFailed: { name: 'BatchesFailed', unit: 'Count' },
  signalsUnreadable: { name: 'SignalsUnreadable', unit: 'Count' },
  findings: { name: 'Findings', unit: 'Count' },
  capsCut: { name: 'CapsCut', unit: 'Count' },
  metricsLost: { name: 'MetricsLost', unit: 'Count' },
  snapshotAge: { name: 'SnapshotAge', unit: 'Milliseconds' },
  snapshotBytes: { name: 'SnapshotBytes', unit: 'Bytes' },
  snapshotConflicts: { name: 'SnapshotConflicts', unit: 'Count' },
  snapshotsUnreadable: { name: 'SnapshotsUnreadable', unit: 'Count' },
} as const;

export type DetectorMetricKey = keyof typeof DETECTOR_METRICS;

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
