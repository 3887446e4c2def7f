import { describe, expect, expectTypeOf, test } from 'vitest';
import type { TrailgateConfigError } from '../errors.ts';
import { createTestTrailgate, events, invoke, KEPT_TRACE_ID, UNKEPT_TRACE_ID } from './index.ts';

describe('a Trailgate under test', () => {
  test('gives what a handler logged as typed records, in lists that may be taken apart', async () => {
    const { trailgate, invoke, records, logs, trail, requests, rollups, lines, clear } =
      createTestTrailgate();
    const handler = trailgate.wrap(async (event: { body: string | null }) => {
      trailgate.log.info('order read', { size: event.body?.length ?? 0 });
      trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
      return { statusCode: 403 };
    });
    expect(await invoke(handler, events.restV1({ body: 'abc' }))).toMatchObject({ statusCode: 403 });
    expect(logs).toMatchObject([{ level: 'INFO', message: 'order read', fields: { size: 3 } }]);
    expect(trail).toMatchObject([{ target: 'order 17', event: { action: 'authz_fail' } }]);
    expect(requests).toMatchObject([{ route: 'GET /orders/{id}', http: { response: { status_code: 403 } } }]);
    expect(rollups.at(-1)?.rollup.requests).toMatchObject([{ status: 403, count: 1 }]);
    expect(records.length).toBe(lines.length);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, position) => position));
    expectTypeOf(requests[0]?.event.duration).toEqualTypeOf<number | undefined>();
    clear();
    expect([records, logs, trail, requests, rollups, lines].flat()).toEqual([]);
  });

  test('writes the same bytes in every run, and other ids with another seed', async () => {
    const linesOf = async (seed?: number): Promise<readonly string[]> => {
      const kit = createTestTrailgate(seed === undefined ? {} : { seed });
      await kit.invoke(
        kit.trailgate.wrap(async () => kit.trailgate.log.info('x')),
        events.sqs(),
      );
      return kit.lines;
    };
    const first = await linesOf();
    expect(first.length).toBeGreaterThan(2);
    expect(await linesOf()).toEqual(first);
    expect(await linesOf(2)).not.toEqual(first);
  });

  test('has a time that only the test moves', async () => {
    const { trailgate, invoke, advance, clock, requests, logs } = createTestTrailgate({
      startAt: Date.UTC(2026, 1, 1),
      sampling: { rate: 0, slowMs: 200 },
    });
    await invoke(
      trailgate.wrap(async (_event, context) => {
        expect(context.getRemainingTimeInMillis?.()).toBe(1000);
        advance(250);
        expect(context.getRemainingTimeInMillis?.()).toBe(750);
      }),
      events.direct(),
      { timeoutMs: 1000 },
    );
    expect(new Date(clock()).toISOString()).toBe('2026-02-01T00:00:00.250Z');
    expect(requests).toMatchObject([{ kept: 'slow', event: { duration: 250e6 } }]);
    await invoke(
      trailgate.wrap(async () => {
        trailgate.log.debug('query');
        advance(950);
        expect(logs.map(({ message }) => message)).toEqual([
          'query',
          expect.stringContaining('about to time out'),
        ]);
      }),
      events.direct(),
      { timeoutMs: 1000 },
    );
  });

  test('knows trace ids that sampling keeps, and does not', async () => {
    const { trailgate, invoke, requests } = createTestTrailgate({ sampling: { rate: 0.001 } });
    const handler = trailgate.wrap(async () => ({ statusCode: 200 }));
    for (const id of [UNKEPT_TRACE_ID, KEPT_TRACE_ID]) {
      await invoke(handler, events.httpV2({ headers: { traceparent: `00-${id}-00f067aa0ba902b7-00` } }));
    }
    expect(requests.map(({ trace_id }) => trace_id)).toEqual([KEPT_TRACE_ID]);
  });

  test('is as strict about options as the real one', () => {
    expect(() => createTestTrailgate({ sampling: { rate: 2 } })).toThrow(
      expect.objectContaining<Partial<TrailgateConfigError>>({ field: 'sampling.rate' }),
    );
  });
});

describe('invoking', () => {
  test('gives each invocation a context of its own, which the test may change', async () => {
    const contexts: { awsRequestId: string; functionName: string; invokedFunctionArn?: string }[] = [];
    const kit = createTestTrailgate();
    const handler = async (_event: unknown, context: (typeof contexts)[number]): Promise<void> =>
      void contexts.push(context);
    await kit.invoke(handler, {});
    await kit.invoke(handler, {}, { functionName: 'orders', memoryLimitInMB: '512' });
    expect(new Set(contexts.map(({ awsRequestId }) => awsRequestId)).size).toBe(2);
    expect(contexts[1]).toMatchObject({
      functionName: 'orders',
      memoryLimitInMB: '512',
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:orders',
      logGroupName: '/aws/lambda/orders',
    });
  });

  test('works on the process’s own time for handlers without a kit', async () => {
    const left = await invoke(
      async (_event: object, context) => context.getRemainingTimeInMillis(),
      {},
      { timeoutMs: 5000 },
    );
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5000);
    const error = new Error('own');
    await expect(invoke(() => Promise.reject(error), {})).rejects.toBe(error);
  });
});
