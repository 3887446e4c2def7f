export { type HeadReading, readHead, writeHead } from './head.ts';
export { ALPHA, bucketLatency, latencyBucket, latencyQuantile } from './latency-sketch.ts';
export { METRIC_NAMESPACE, METRICS, type MetricKey } from './metric-names.ts';
export * from './record.ts';
export * from './signal.ts';
