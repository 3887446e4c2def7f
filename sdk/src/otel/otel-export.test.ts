import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  attributes,
  CALLER,
  child,
  closeAll,
  facts,
  handled,
  hang,
  ok,
  SPAN,
  started,
  TRACE,
} from './loopback-collector.test-server.ts';

afterEach(closeAll);

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
