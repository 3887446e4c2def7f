import { trace } from '@opentelemetry/api';
import { createTrailgate } from '@trailgate/sdk';
import { otelTracing } from '@trailgate/sdk/otel';

export const tracing = otelTracing(); // reads OTEL_EXPORTER_OTLP_ENDPOINT and its like
const trailgate = createTrailgate({ service: 'orders', tracing });
const tracer = trace.getTracer('orders');

export const handler = trailgate.wrap((event: { readonly pathParameters: { readonly id: string } }) =>
  tracer.startActiveSpan('load order', async (span) => {
    const { id } = event.pathParameters;
    trailgate.log.warn('slow table', { id }); // carries the trace_id, and the span_id of `load order`
    span.end();
    return { statusCode: 200, body: JSON.stringify({ id }) };
  }),
);
