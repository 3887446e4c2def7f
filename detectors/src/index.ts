/** What runners of detectors use. */
export { createCapPort } from './cap-port.ts';
export { createCloudWatchMetrics } from './cloudwatch-metrics.ts';
export { createDetector, type DetectorOptions } from './detector.ts';
export {
  MetricsRejectedError,
  RuleError,
  SignalUnreadableError,
  SnapshotConflictError,
  SnapshotUnreadableError,
} from './errors.ts';
export { type EmfHealthOptions, emfHealth } from './health/emf-health.ts';
export { type Observation, observationLevel } from './observation.ts';
export type {
  CapPort,
  DetectorPorts,
  FindingDocument,
  FindingPort,
  MetricDatum,
  MetricPort,
  SnapshotPort,
  StoredState,
} from './ports.ts';
export { loadRules, shippedRules } from './rules/load-rules.ts';
export { parseRule } from './rules/parse-rule.ts';
export type { CapAction, Correlation, EventCount, Rule, ValueCount } from './rules/rule.ts';
export { type RuleTestResult, runRuleTests } from './rules/run-rule-tests.ts';
export { createS3Snapshots, type S3SnapshotOptions } from './s3/s3-snapshots.ts';
export { SnapshotStoreError } from './s3/snapshot-store-error.ts';
export { createSnsFindings, FindingsNotPublishedError, type SnsFindingPorts } from './sns/sns-findings.ts';
