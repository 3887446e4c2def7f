export { type ActionRow, actionRow } from '../trail/actions.ts';
export { channelIndex, type IndexPeriod, periodName } from './channel-index.ts';
export { type HeadReading, readHead, writeHead } from './head.ts';
export { dimensionValue, type HealthMetric, healthLine } from './health-line.ts';
export { ALPHA, bucketLatency, latencyBucket, latencyQuantile } from './latency-sketch.ts';
export {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  type ChannelMetricKey,
  COLLECTOR_METRICS,
  type CollectorMetricKey,
  DETECTOR_METRICS,
  type DetectorMetricKey,
  DISTRIBUTION_METRICS,
  FUNCTION_METRICS,
  type FunctionMetricKey,
  METRIC_NAMESPACE,
  METRIC_UNITS,
  METRICS,
  type MetricKey,
  type MetricUnit,
  PIPELINE_NAMESPACE,
} from './metric-names.ts';
export * from './record.ts';
export * from './signal.ts';
export { canonicalJson, FIRST_PREV, linkHash } from './trail-chain.ts';
export type { TrailInput } from './trail-chain-input.ts';
export type { InstanceReport, TrailFinding, TrailProblem, TrailReport } from './trail-chain-report.ts';
export { TrailVerifier, type VerifyOptions, verifyTrail } from './trail-chain-verify.ts';
export {
  type BucketCount,
  bucketValue,
  mergeBuckets,
  SMALLEST_VALUE,
  valueBucket,
  valueQuantile,
} from './value-sketch.ts';
