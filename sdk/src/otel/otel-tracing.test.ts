import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { formatTraceparent } from '../correlation/traceparent.ts';
import type { InvocationFacts, InvocationSpan, SpanOutcome } from '../invocation/tracer.ts';
import { type OtelTracing, otelTracing } from './otel-tracing.ts';
import type { OtelTracingOptions } from './tracing-options.ts';

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
  readonly events: readonly {
    name: string;
    attributes: readonly { key: string; value: Record<string, unknown> }[];
  }[];
  readonly links?: readonly { traceId: string; spanId: string }[];
  readonly status: { code?: number; message?: string };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const ok: Answer = (_, response) => response.setHeader('content-type', 'application/json').end('{}');
const hang: Answer = () => {};

/** An OTLP/HTTP collector on the loopback that keeps what arrives, decoded. */
class Collector {
  answer: Answer = ok;
  readonly spans: WireSpan[] = [];
  readonly resources: Record<string, unknown>[] = [];
  readonly requests: { url: string | undefined; headers: IncomingMessage['headers'] }[] = [];
  readonly #server: Server;
  url = '';

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push({ url: request.url, headers: request.headers });
        this.answer(request, response);
        if (response.statusCode < 300 && response.writableEnded) this.#keep(Buffer.concat(chunks).toString());
      });
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/traces`;
    return this;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  names(): string[] {
    return this.spans.map(({ name }) => name);
  }

  #keep(body: string): void {
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      this.resources.push(Object.fromEntries(resource.attributes.map(plain)));
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }
}

function plain({ key, value }: { key: string; value: Record<string, unknown> }): [string, unknown] {
  return [key, Object.values(value)[0]];
}

function attributes(span: WireSpan | undefined): Record<string, unknown> {
  return Object.fromEntries((span?.attributes ?? []).map(plain));
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const CALLER = 'b7ad6b7169203331';
const EVENT = {
  httpMethod: 'GET',
  resource: '/orders/{id}',
  path: '/orders/7',
  headers: { 'User-Agent': 'curl/8', 'X-Forwarded-Proto': 'https' },
};

function facts(change: Partial<InvocationFacts> = {}): InvocationFacts {
  return {
    request: { kind: 'rest', route: 'GET /orders/{id}', method: 'GET', path: '/orders/7', ip: '192.0.2.9' },
    event: EVENT,
    correlation: { traceId: TRACE, spanId: SPAN, parentSpanId: CALLER, traceState: ['other=1'] },
    keep: true,
    faas: { name: 'orders', execution: 'req-1', coldstart: true },
    invokedArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    startTime: Date.now(),
    remainingMs: () => 3000,
    ...change,
  };
}

const open: { close(): unknown }[] = [];

async function started(
  options: OtelTracingOptions = {},
): Promise<{ tracing: OtelTracing; collector: Collector }> {
  const collector = await new Collector().listen();
  const tracing = otelTracing({ endpoint: collector.url, flushMs: 5000, service: 'orders', ...options });
  open.push({ close: () => tracing.shutdown(200) }, collector);
  await tracing.ready;
  return { tracing, collector };
}

/** As a wrapper does it: the answer is given when the span is out. */
async function handled(
  tracing: OtelTracing,
  given: InvocationFacts,
  {
    outcome = { status: 200, failed: false },
    work = () => {},
  }: { outcome?: SpanOutcome; work?: (span: InvocationSpan) => void } = {},
): Promise<void> {
  const span = tracing.begin(given);
  span.run(() => work(span));
  await span.end(outcome, given.keep);
}

function child(name: string): void {
  trace.getTracer('handler').startSpan(name).end();
}

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

describe('what is exported', () => {
  test('a kept invocation, with the spans of its handler, before the handler has answered', async () => {
    const { tracing, collector } = await started();
    await handled(tracing, facts(), { work: () => child('load order') });
    expect(collector.names()).toEqual(['load order', 'GET /orders/{id}']);
    const [loaded, root] = collector.spans;
    expect(root).toMatchObject({ traceId: TRACE, spanId: SPAN, parentSpanId: CALLER, kind: 2 });
    expect(loaded).toMatchObject({ traceId: TRACE, parentSpanId: SPAN });
    expect(tracing.counts()).toEqual({ exported: 2, unkept: 0, overflowed: 0, refused: 0, waiting: 0 });
  });

  test('not an unsampled success, which nothing waits for', async () => {
    const { tracing, collector } = await started();
    const span = tracing.begin(facts({ keep: false }));
    span.run(() => child('load order'));
    expect(span.end({ status: 200, failed: false }, false)).toBeUndefined();
    await tracing.flush(5000);
    expect(collector.requests).toEqual([]);
    expect(tracing.counts()).toMatchObject({ exported: 0, unkept: 2 });
  });

  test('an unsampled failure, whole, with an exception that gives no secret away', async () => {
    const { tracing, collector } = await started();
    const error = new TypeError('no order for password=hunter2secret');
    await handled(tracing, facts({ keep: false }), {
      work() {
        const span = trace
          .getTracer('handler')
          .startSpan('charge', { attributes: { 'http.url': 'https://x/?token=abcdef123456' } });
        span.recordException(error);
        span.end();
      },
      outcome: { status: 500, failed: true, error },
    });
    expect(collector.names()).toEqual(['charge', 'GET /orders/{id}']);
    const root = collector.spans[1];
    expect(root?.status.code).toBe(SpanStatusCode.ERROR);
    expect(attributes(root)['error.type']).toBe('TypeError');
    expect(root?.events.map(({ name }) => name)).toEqual(['exception']);
    expect(JSON.stringify(collector.spans)).not.toMatch(/hunter2secret|abcdef123456/);
  });

  test('a success that turned out slow: kept at its end though not at its beginning', async () => {
    const { tracing, collector } = await started();
    const span = tracing.begin(facts({ keep: false }));
    span.run(() => child('slow query'));
    await span.end({ status: 200, failed: false }, true);
    expect(collector.names()).toEqual(['slow query', 'GET /orders/{id}']);
  });

  test('a span that ends after its invocation goes the way of the invocation', async () => {
    const { tracing, collector } = await started();
    const late: { end(): void }[] = [];
    const work = () => late.push(trace.getTracer('handler').startSpan('late'));
    await handled(tracing, facts(), { work });
    await handled(tracing, facts({ keep: false }), { work });
    for (const span of late) span.end();
    await tracing.flush(5000);
    expect(collector.names()).toEqual(['GET /orders/{id}', 'late']);
    expect(tracing.counts()).toMatchObject({ exported: 2, unkept: 2 });
  });

  test('as many spans as the buffer holds, the oldest let go and counted on the span of the invocation', async () => {
    const { tracing, collector } = await started({ maxSpans: 10 });
    await handled(tracing, facts(), {
      work() {
        for (let i = 0; i < 100; i++) child(`step ${i}`);
      },
    });
    expect(collector.names()).toEqual([
      ...Array.from({ length: 9 }, (_, i) => `step ${i + 91}`),
      'GET /orders/{id}',
    ]);
    expect(attributes(collector.spans.at(-1))['trailgate.spans.overflowed']).toBe(90);
    expect(tracing.counts()).toMatchObject({ exported: 10, overflowed: 91 });
  });

  test('as many bytes as the buffer holds', async () => {
    const { tracing, collector } = await started({ maxBytes: 4096 });
    await handled(tracing, facts(), {
      work() {
        for (let i = 0; i < 50; i++) {
          trace
            .getTracer('handler')
            .startSpan(`step ${i}`, { attributes: { body: 'x'.repeat(1000) } })
            .end();
        }
      },
    });
    expect(collector.spans.length).toBeLessThan(5);
    expect(collector.names().at(-1)).toBe('GET /orders/{id}');
  });
});

describe('a collector that fails', () => {
  test('hangs: the invocation ends all the same, and its spans wait', async () => {
    const { tracing, collector } = await started({ flushMs: 30 });
    collector.answer = hang;
    await handled(tracing, facts());
    expect(tracing.counts()).toMatchObject({ exported: 0, waiting: 1 });
    const next = tracing.begin(facts());
    expect(next.end({ status: 200, failed: false }, true)).toBeUndefined();
    expect(tracing.counts()).toMatchObject({ exported: 0, waiting: 2 });
  });

  test('has no time left: nothing is waited for', async () => {
    const { tracing, collector } = await started();
    const span = tracing.begin(facts({ remainingMs: () => 20 }));
    expect(span.end({ status: 200, failed: false }, true)).toBeUndefined();
    await tracing.flush(5000);
    expect(collector.names()).toEqual(['GET /orders/{id}']);
  });

  test('is down for one invocation: the next sends for both', async () => {
    let now = 0;
    const { tracing, collector } = await started({ ports: { monotonic: () => now } });
    collector.answer = (_, response) => response.writeHead(500).end();
    await handled(tracing, facts({ faas: { name: 'orders', execution: 'first', coldstart: true } }));
    expect(tracing.counts()).toMatchObject({ exported: 0, waiting: 1 });
    collector.answer = ok;
    now = 1500;
    await handled(tracing, facts({ faas: { name: 'orders', execution: 'second', coldstart: false } }));
    expect(collector.spans.map((span) => attributes(span)['faas.invocation_id'])).toEqual([
      'first',
      'second',
    ]);
    expect(tracing.counts()).toMatchObject({ exported: 2, waiting: 0 });
  });

  test('says that the request is wrong: it is not asked again', async () => {
    const { tracing, collector } = await started();
    collector.answer = (_, response) => response.writeHead(400).end();
    await handled(tracing, facts());
    expect(tracing.counts()).toMatchObject({ refused: 1, waiting: 0 });
  });

  test('is not there: the answer is given', async () => {
    const { tracing, collector } = await started({ flushMs: 30 });
    collector.close();
    await handled(tracing, facts(), { outcome: { status: 500, failed: true, error: 'boom' } });
    expect(tracing.counts()).toMatchObject({ exported: 0, waiting: 1 });
  });
});

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
