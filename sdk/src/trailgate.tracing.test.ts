import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, test } from 'vitest';
import type { InvocationFacts, InvocationTracer, SpanOutcome } from './invocation/tracer.ts';
import { HIT, order } from './order.test-data.ts';
import { createTestTrailgate, events, UNKEPT_TRACE_ID } from './testing/index.ts';

interface Ended {
  readonly outcome: SpanOutcome;
  readonly keep: boolean;
}

/** A tracer that numbers its inner spans and exports when it is told to. */
function smallTracer(ready?: Promise<void>) {
  const active = new AsyncLocalStorage<string>();
  const begun: InvocationFacts[] = [];
  const ended: Ended[] = [];
  let exported: Promise<void> | undefined;
  let inner = 0;
  const tracer: InvocationTracer = {
    ready,
    begin(facts) {
      begun.push(facts);
      const { traceId, spanId } = facts.correlation;
      return {
        traceId,
        spanId,
        run: (work) => active.run(spanId, work),
        activeSpanId: () => active.getStore(),
        end(outcome, keep) {
          ended.push({ outcome, keep });
          return exported;
        },
      };
    },
  };
  return {
    tracer,
    begun,
    ended,
    /** Work within a span of its own. */
    span: <T>(work: () => T): T => active.run(String(++inner).padStart(16, 'b'), work),
    exportOnce(until: Promise<void>) {
      exported = until;
    },
  };
}

describe('a tracer', () => {
  test('gives lines and outgoing calls the id of the span they are made in', async () => {
    const { tracer, begun, span } = smallTracer();
    const { trailgate, invoke, logs, requests } = createTestTrailgate({ tracing: tracer });
    let outgoing = '';
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('outer');
      await span(async () => {
        await Promise.resolve();
        trailgate.log.info('inner');
        outgoing = trailgate.outgoingHeaders().traceparent ?? '';
      });
      trailgate.log.info('outer again');
      return { statusCode: 200 };
    });
    await invoke(handler, order(), { functionName: 'orders', awsRequestId: 'r-1' });
    const own = begun[0]?.correlation.spanId;
    expect(logs.map(({ span_id, trace_id }) => [span_id, trace_id])).toEqual([
      [own, UNKEPT_TRACE_ID],
      ['bbbbbbbbbbbbbbb1', UNKEPT_TRACE_ID],
      [own, UNKEPT_TRACE_ID],
    ]);
    expect(requests[0]?.span_id).toBe(own);
    expect(outgoing).toBe(`00-${UNKEPT_TRACE_ID}-bbbbbbbbbbbbbbb1-01`);
    expect(begun).toMatchObject([
      { keep: true, request: { route: 'GET /orders/{id}' }, faas: { execution: 'r-1', coldstart: true } },
    ]);
  });

  test('is told the same decision as the log, and how it ended', async () => {
    const { tracer, begun, ended } = smallTracer();
    const { trailgate, invoke, advance } = createTestTrailgate({
      tracing: tracer,
      sampling: { rate: 0, slowMs: 100 },
    });
    const broken = new Error('broken');
    const ends: readonly (() => unknown)[] = [
      () => ({ statusCode: 200 }),
      () => {
        advance(100);
        return { statusCode: 200 };
      },
      () => Promise.reject(broken),
    ];
    for (const end of ends) {
      await invoke(
        trailgate.wrap(async () => end()),
        order(),
      ).catch(() => undefined);
    }
    expect(begun.map(({ keep }) => keep)).toEqual([false, false, false]);
    expect(ended).toEqual([
      { outcome: { status: 200, failed: false, error: undefined }, keep: false },
      { outcome: { status: 200, failed: false, error: undefined }, keep: true },
      { outcome: { status: 500, failed: true, error: broken }, keep: true },
    ]);
  });

  test.each([
    ['an answer', { decide: () => ({ allowed: true }) as const }],
    ['a refusal', { decide: () => ({ allowed: false, hit: HIT }) as const }],
    ['an error', undefined],
  ])('is waited for before %s is given, and the records are written before that', async (_, limiter) => {
    const { tracer, exportOnce } = smallTracer();
    const kit = createTestTrailgate({ tracing: tracer, ...(limiter === undefined ? {} : { limiter }) });
    const { promise, resolve } = Promise.withResolvers<void>();
    exportOnce(promise);
    let given = false;
    const handler = kit.trailgate.wrap(async () => {
      if (limiter === undefined) throw new Error('broken');
      return { statusCode: 200 };
    });
    const running = kit
      .invoke(handler, order())
      .catch(() => undefined)
      .then(() => {
        given = true;
      });
    await new Promise((next) => setImmediate(next));
    expect([given, kit.requests.length]).toEqual([false, 1]);
    resolve();
    await running;
    expect(given).toBe(true);
  });

  test('that takes time to be there is waited for once, a second at most', async () => {
    const { promise } = Promise.withResolvers<void>();
    const kit = createTestTrailgate({ tracing: smallTracer(promise).tracer });
    let handled = 0;
    const handler = kit.trailgate.wrap(async () => {
      handled += 1;
    });
    const running = kit.invoke(handler, events.direct());
    await new Promise((next) => setImmediate(next));
    expect(handled).toBe(0);
    kit.advance(1000);
    await running;
    expect([handled, kit.trailgate.ready]).toEqual([1, undefined]);
  });
});
