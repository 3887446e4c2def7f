import { describe, expect, test } from 'vitest';
import type { LimitDecision } from './limits/limiter.ts';
import { HIT, ok, order } from './order.test-data.ts';
import { createTestTrailgate, UNKEPT_TRACE_ID } from './testing/index.ts';

describe('the limiter', () => {
  test('is asked with trusted names and lets the handler run', async () => {
    const asked: unknown[] = [];
    const { trailgate, invoke, clock } = createTestTrailgate({
      routeClass: (route) => route.slice(0, 3),
      limiter: {
        decide(query) {
          asked.push(query);
          return { allowed: true, shadow: HIT };
        },
      },
    });
    const handler = trailgate.wrap(ok);
    expect(
      await invoke(handler, order({ user: 'ann', headers: { 'x-forwarded-for': '6.6.6.6' } })),
    ).toMatchObject({
      statusCode: 200,
    });
    await invoke(handler, order());
    expect(asked).toEqual([
      { tenant: 'acme', clients: ['user:ann', 'ip:192.0.2.1'], cls: 'GET', now: clock() },
      { tenant: '-', clients: ['ip:192.0.2.1'], cls: 'GET', now: clock() },
    ]);
  });

  test.each([
    ['at once', (): LimitDecision => ({ allowed: false, hit: HIT })],
    ['later', async (): Promise<LimitDecision> => ({ allowed: false, hit: HIT })],
  ])('that refuses %s answers 429 instead of the handler and folds the flood', async (_, decide) => {
    const { trailgate, invoke, advance, rollups, trail } = createTestTrailgate({ limiter: { decide } });
    let handled = 0;
    const handler = trailgate.wrap(async () => {
      handled += 1;
      return { statusCode: 200 };
    });
    const answer = await invoke(handler, order({ user: 'ann' }));
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { 'Retry-After': '3', 'x-correlation-id': UNKEPT_TRACE_ID },
    });
    for (let i = 1; i < 100; i++) {
      advance(5);
      await invoke(handler, order({ user: 'ann' }));
    }
    advance(1000);
    await invoke(handler, order({ user: 'ann' }));
    expect(handled).toBe(0);
    expect(trail.map(({ count }) => count)).toEqual([1, 1, 1, 98]);
    await invoke(handler, order({ user: 'ann' }));
    trailgate.flush();
    expect(trail.map(({ count }) => count)).toEqual([1, 1, 1, 98, 1]);
    expect(trail.at(-1)).toMatchObject({
      target: 'noisy-client',
      principal: 'user:ann',
      tenant: 'acme',
      event: { action: 'excess_rate_limit_exceeded', outcome: 'failure' },
    });
    expect(rollups.at(-1)?.rollup).toMatchObject({
      requests: [{ status: 429, count: 102 }],
      latency: [],
      principals: [{ principal: 'user:ann', count: 0, refused: 102 }],
    });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no table');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no table'))],
  ])('that %s serves the request and warns once a second', async (_, decide) => {
    const { trailgate, invoke, advance, logs } = createTestTrailgate({ limiter: { decide } });
    const handler = trailgate.wrap(ok);
    for (let i = 0; i < 20; i++) {
      expect(await invoke(handler, order())).toMatchObject({ statusCode: 200 });
      advance(100);
    }
    expect(logs.map(({ message, error }) => [message, error?.message])).toEqual([
      ['limiter failed, request served', 'no table'],
      ['limiter failed, request served', 'no table'],
    ]);
  });

  test('is not asked about authorizers and events', async () => {
    const { trailgate, invoke } = createTestTrailgate({
      limiter: {
        decide() {
          throw new Error('asked');
        },
      },
    });
    const handler = trailgate.wrap(async () => 'done');
    expect(await invoke(handler, { Records: [{ eventSource: 'aws:sqs' }] })).toBe('done');
  });
});
