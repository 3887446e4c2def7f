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
export type { Observation } from './observation.ts';
export type {
  CapPort,
  DetectorPorts,
  FindingDocument,
  FindingPort,
  MetricDatum,
  MetricPort,
  SnapshotPort,
} from './ports.ts';
export { loadRules, shippedRules } from './rules/load-rules.ts';
export { parseRule } from './rules/parse-rule.ts';
export type { CapAction, Correlation, EventCount, Rule, ValueCount } from './rules/rule.ts';
export { type RuleTestResult, runRuleTests } from './rules/run-rule-tests.ts';
