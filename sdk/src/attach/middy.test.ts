import middy from '@middy/core';
import { describe, expect, test } from 'vitest';
import { HIT } from '../order.test-data.ts';
import { createTestTrailgate, events } from '../testing/index.ts';
import { trailgateMiddleware } from './middy.ts';

/** Middy's handlers are typed for the platform's own context, with its callbacks. */
function run(
  kit: ReturnType<typeof createTestTrailgate>,
  handler: unknown,
  event: unknown = events.restV1(),
) {
  return kit.invoke(handler as (event: unknown) => Promise<Record<string, unknown>>, event);
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the middleware', () => {
  test('makes the invocation current in the handler and in middleware behind it, and records it', async () => {
    const kit = createTestTrailgate();
    const { log } = kit.trailgate;
    const handler = middy(async () => {
      await tick();
      log.info('in the handler');
      return { statusCode: 201 };
    })
      .use(trailgateMiddleware(kit.trailgate))
      .use({
        before: async () => {
          await tick();
          log.info('before');
        },
        after: () => void log.info('after'),
      });
    const answer = await run(kit, handler);
    const [request] = kit.requests;
    expect(answer).toMatchObject({
      statusCode: 201,
      headers: { 'x-correlation-id': request?.correlation_id },
    });
    expect(request).toMatchObject({ kept: 'sampled', http: { response: { status_code: 201 } } });
    expect(kit.logs.map(({ message, correlation_id }) => [message, correlation_id])).toEqual(
      ['before', 'in the handler', 'after'].map((message) => [message, request?.correlation_id]),
    );
  });

  test('never mixes invocations that run at once', async () => {
    const kit = createTestTrailgate();
    const handler = middy(async (event: { headers: Record<string, string> }) => {
      for (let i = 0; i < 3; i++) {
        await tick();
        kit.trailgate.log.info(String(event.headers['x-correlation-id']));
      }
      return { statusCode: 200 };
    }).use(trailgateMiddleware(kit.trailgate));
    const ids = Array.from({ length: 20 }, (_, i) => `c-${i}`);
    await Promise.all(
      ids.map((id) => run(kit, handler, events.restV1({ headers: { 'x-correlation-id': id } }))),
    );
    expect(kit.logs.length).toBe(60);
    for (const { message, correlation_id } of kit.logs) expect(correlation_id).toBe(message);
  });

  test('answers for the handler when the limiter refuses, at once or later', async () => {
    for (const decision of [
      { allowed: false, hit: HIT } as const,
      Promise.resolve({ allowed: false, hit: HIT } as const),
    ]) {
      const kit = createTestTrailgate({ limiter: { decide: () => decision } });
      const handler = middy(async () => expect.unreachable()).use(trailgateMiddleware(kit.trailgate));
      expect(await run(kit, handler)).toMatchObject({ statusCode: 429 });
      expect(kit.trail.length).toBe(1);
      expect(kit.rollups.at(-1)?.rollup.requests).toMatchObject([{ status: 429, count: 1 }]);
    }
  });

  test('records what a later middleware answers early with, though middy then calls no `after`', async () => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = middy(async () => expect.unreachable())
      .use(trailgateMiddleware(kit.trailgate))
      .use({ before: () => ({ statusCode: 304 }) });
    expect(await run(kit, handler)).toMatchObject({ statusCode: 304 });
    kit.trailgate.flush();
    expect(kit.rollups.at(-1)?.rollup).toMatchObject({
      invocations: 1,
      requests: [{ status: 304, count: 1 }],
    });
  });

  test.each(['before', 'behind'])('records what an error handler %s it makes of an error', async (place) => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const errorHandler: middy.MiddlewareObj = {
      onError: (request) => {
        request.response = { statusCode: 422, body: String(request.error?.message) };
      },
    };
    const handler = middy(async () => {
      throw new Error('no such order');
    });
    for (const one of place === 'behind'
      ? [trailgateMiddleware(kit.trailgate), errorHandler]
      : [errorHandler, trailgateMiddleware(kit.trailgate)]) {
      handler.use(one);
    }
    expect(await run(kit, handler)).toMatchObject({ statusCode: 422, body: 'no such order' });
    kit.trailgate.flush();
    // In front of the error handler it cannot know what will become of the error.
    const status = place === 'behind' ? 422 : 500;
    expect(kit.rollups.at(-1)?.rollup.requests).toMatchObject([{ status, count: 1 }]);
  });

  test('records what an error handler returns, and with it the error of a failure', async () => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = middy(async () => {
      kit.trailgate.log.debug('step');
      throw new Error('table gone');
    })
      .use(trailgateMiddleware(kit.trailgate))
      .use({
        onError: (request) => {
          request.response = { statusCode: 503 };
        },
      });
    expect(await run(kit, handler)).toMatchObject({ statusCode: 503 });
    expect(kit.logs.map(({ message }) => message)).toEqual(['step']);
    expect(kit.requests).toMatchObject([
      { kept: 'error', http: { response: { status_code: 503 } }, error: { message: 'table gone' } },
    ]);
  });

  test('records an answer that an `onError` behind it returns at once', async () => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = middy(async () => {
      throw new Error('x');
    })
      .use(trailgateMiddleware(kit.trailgate))
      .use({ onError: () => ({ statusCode: 409 }) });
    expect(await run(kit, handler)).toMatchObject({ statusCode: 409 });
    kit.trailgate.flush();
    expect(kit.rollups.at(-1)?.rollup.requests).toMatchObject([{ status: 409, count: 1 }]);
  });

  test('passes on an error that nobody handles, and has it in the record', async () => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const error = new TypeError('broken');
    const handler = middy(() => Promise.reject(error)).use(trailgateMiddleware(kit.trailgate));
    await expect(run(kit, handler)).rejects.toBe(error);
    expect(kit.requests).toMatchObject([{ kept: 'error', error: { type: 'TypeError', message: 'broken' } }]);
  });

  test('leaves alone a request that failed before it', async () => {
    const kit = createTestTrailgate();
    const handler = middy(async () => ({ statusCode: 200 }))
      .use({
        before: () => {
          throw new Error('first');
        },
      })
      .use(trailgateMiddleware(kit.trailgate));
    await expect(run(kit, handler)).rejects.toThrow('first');
    expect(kit.requests).toEqual([]);
  });

  test('keeps the handler waiting for what the first invocation needs', async () => {
    const { promise: loaded, resolve: load } = Promise.withResolvers<Uint8Array>();
    const kit = createTestTrailgate({ trailKey: { id: 'k', load: () => loaded } });
    let handled = false;
    const handler = middy(async () => {
      handled = true;
      kit.trailgate.log.info('in the handler');
      return { statusCode: 200 };
    }).use(trailgateMiddleware(kit.trailgate));
    const running = run(kit, handler);
    await tick();
    expect(handled).toBe(false);
    load(new Uint8Array(32));
    expect(await running).toMatchObject({ statusCode: 200 });
    expect(kit.logs).toMatchObject([{ correlation_id: kit.requests[0]?.correlation_id }]);
  });

  test('does nothing but pass things on where the SDK is switched off', async () => {
    process.env.TRAILGATE_DISABLED = '1';
    try {
      const kit = createTestTrailgate();
      const handler = middy(async () => ({ statusCode: 200 })).use(trailgateMiddleware(kit.trailgate));
      expect(await run(kit, handler)).toEqual({ statusCode: 200 });
      expect(kit.lines).toEqual([]);
    } finally {
      delete process.env.TRAILGATE_DISABLED;
    }
  });
});
