export { type OtelTracing, otelTracing } from './otel-tracing.ts';
export type { SpanCounts } from './span-queue.ts';
export type { OtelTracingOptions } from './tracing-options.ts';
