export type { BatchSummary } from './batch-summary.ts';
export { type BatchTrouble, batchTrouble } from './batch-trouble.ts';
export { type Collector, createCollector, type RemainingTime } from './collector.ts';
export { RetryPointError } from './delivery/retry-point.ts';
export { type BatchFacts, batchFacts } from './metrics/batch-facts.ts';
export { type EmfOptions, emfMetrics, type HealthPort } from './metrics/emf-metrics.ts';
export { type CollectorOptions, CollectorOptionsError } from './options.ts';
export {
  type BulkDocuments,
  type BulkOutcome,
  BulkTooLargeError,
  type CollectorPorts,
  type IndexPort,
  type QuarantineEntry,
  type QuarantineOrigin,
  type QuarantinePort,
  type SignalPort,
} from './ports.ts';
export {
  type ReplayAccount,
  type ReplayItem,
  type ReplayOptions,
  replayBatches,
} from './replay/replay-batches.ts';
export { createKinesisSignals, type SignalPorts, SignalsNotPutError } from './signals/kinesis-signals.ts';
export { createTicker } from './signals/ticker.ts';
