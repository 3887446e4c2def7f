import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { formatTraceparent } from '../correlation/traceparent.ts';
import {
  attributes,
  CALLER,
  child,
  closeAll,
  facts,
  handled,
  SPAN,
  started,
  TRACE,
} from './loopback-collector.test-server.ts';
import { otelTracing } from './otel-tracing.ts';

afterEach(closeAll);

describe('one trace', () => {
  test('over two functions, through the headers that OpenTelemetry and we agree on', async () => {
    const { tracing, collector } = await started();
    const carrier: Record<string, string> = {};
    await handled(tracing, facts(), { work: () => propagation.inject(context.active(), carrier) });
    expect(carrier).toEqual({
      traceparent: formatTraceparent({ traceId: TRACE, spanId: SPAN, sampled: true, random: false }),
      tracestate: 'trailgate=keep,other=1',
    });
    const second = { traceId: TRACE, spanId: '53995c3f42cd8ad8', parentSpanId: SPAN };
    await handled(tracing, facts({ correlation: second }));
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    expect(collector.spans.map(({ parentSpanId }) => parentSpanId)).toEqual([CALLER, SPAN]);
  });

  test('begins here where nobody called with one, under the ids of the log', async () => {
    const { tracing, collector } = await started();
    await handled(tracing, facts({ correlation: { traceId: TRACE, spanId: SPAN } }));
    expect(collector.spans[0]).toMatchObject({ traceId: TRACE, spanId: SPAN });
    expect(collector.spans[0]?.parentSpanId).toBeUndefined();
  });

  test('names the innermost span for a line that is logged in it, and never one of another trace', async () => {
    const { tracing, collector } = await started();
    const seen: (string | undefined)[] = [];
    const handler = trace.getTracer('handler');
    await handled(tracing, facts(), {
      work(span) {
        seen.push(span.activeSpanId());
        handler.startActiveSpan('inner', (inner) => {
          seen.push(span.activeSpanId());
          inner.end();
        });
        handler.startActiveSpan('apart', { root: true }, () => seen.push(span.activeSpanId()));
      },
    });
    expect(seen).toEqual([SPAN, collector.spans.find(({ name }) => name === 'inner')?.spanId, undefined]);
  });

  test('does not mix invocations that run at the same time', async () => {
    const { tracing, collector } = await started();
    const traces = Array.from({ length: 20 }, (_, i) => (i + 1).toString(16).padStart(32, '0'));
    await Promise.all(
      traces.map(async (traceId, i) => {
        const span = tracing.begin(facts({ correlation: { traceId, spanId: SPAN }, keep: i % 2 === 0 }));
        await span.run(async () => {
          await new Promise(setImmediate);
          child(`of ${traceId}`);
        });
        await span.end({ status: 200, failed: false }, i % 2 === 0);
      }),
    );
    const children = collector.spans.filter(({ name }) => name.startsWith('of '));
    expect(children.map(({ name, traceId }) => name === `of ${traceId}`)).toEqual(Array(10).fill(true));
    expect(tracing.counts()).toMatchObject({ exported: 20, unkept: 20 });
  });
});

describe('the conventions', () => {
  test('for HTTP and FaaS', async () => {
    const { tracing, collector } = await started();
    await handled(tracing, facts(), { outcome: { status: 404, failed: false } });
    expect(attributes(collector.spans[0])).toEqual({
      'faas.trigger': 'http',
      'faas.invocation_id': 'req-1',
      'faas.coldstart': true,
      'aws.lambda.invoked_arn': 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      'cloud.account.id': '123456789012',
      'http.request.method': 'GET',
      'http.route': '/orders/{id}',
      'http.response.status_code': 404,
      'url.path': '/orders/7',
      'url.scheme': 'https',
      'client.address': '192.0.2.9',
      'user_agent.original': 'curl/8',
    });
    expect(collector.spans[0]?.status.code ?? 0).toBe(SpanStatusCode.UNSET);
  });

  test('for messages, with links to those who sent them', async () => {
    const { tracing, collector } = await started();
    const record = (attribute: object) => ({
      messageId: 'm',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:1:orders-queue',
      ...attribute,
    });
    const traceparent = formatTraceparent({ traceId: TRACE, spanId: CALLER, sampled: true, random: false });
    const sent = { messageAttributes: { traceparent: { stringValue: traceparent, dataType: 'String' } } };
    const byService = `Root=1-58406520-a006649127e371903a2de979;Parent=${SPAN};Sampled=1`;
    const event = {
      Records: [
        record(sent),
        record(sent),
        record({ attributes: { AWSTraceHeader: byService } }),
        record({}),
      ],
    };
    await handled(tracing, facts({ request: { kind: 'other', route: 'aws:sqs' }, event }));
    const [span] = collector.spans;
    // OTLP counts kinds from 1.
    expect(span).toMatchObject({ name: 'process orders-queue', kind: SpanKind.CONSUMER + 1 });
    expect(span?.links?.map(({ traceId, spanId }) => [traceId, spanId])).toEqual([
      [TRACE, CALLER],
      ['58406520a006649127e371903a2de979', SPAN],
    ]);
    expect(attributes(span)).toMatchObject({
      'faas.trigger': 'pubsub',
      'messaging.system': 'aws_sqs',
      'messaging.operation.type': 'process',
      'messaging.batch.message_count': 4,
      'messaging.destination.name': 'orders-queue',
    });
  });
});

test('an event whose getters throw costs attributes and nothing else', async () => {
  const { tracing, collector } = await started();
  const event = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  );
  await handled(tracing, facts({ event }));
  expect(collector.names()).toEqual(['GET /orders/{id}']);
});

test('a second SDK of OpenTelemetry is left alone: tracing says so once and invocations run', async () => {
  await started();
  const problems: Error[] = [];
  const second = otelTracing({ onProblem: (problem) => problems.push(problem) });
  await second.ready;
  expect(problems.map(({ cause }) => (cause as Error).message)).toEqual([
    'another OpenTelemetry SDK is registered',
  ]);
  const span = second.begin(facts());
  expect(span.run(() => 42)).toBe(42);
  expect(span.end({ status: 200, failed: false }, true)).toBeUndefined();
});
