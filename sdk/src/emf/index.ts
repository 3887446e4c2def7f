export type { MetricMoment, MetricSink } from '../rollup/metric-sink.ts';
export { type EmfContext, type EmfMetric, emfLines } from './emf-lines.ts';
export { type EmfSinkOptions, emfSink } from './emf-sink.ts';
