import { describe, expect, test } from 'vitest';
import type { LimitDecision } from './limits/limiter.ts';
import { bench, CONTEXT, HIT, ok, order, UNLUCKY } from './testing/trailgate-bench.ts';

describe('the limiter', () => {
  test('is asked with trusted names and lets the handler run', async () => {
    const asked: unknown[] = [];
    const { trailgate, time } = bench({
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
      await handler(order({ user: 'ann', headers: { 'x-forwarded-for': '6.6.6.6' } }), CONTEXT),
    ).toMatchObject({
      statusCode: 200,
    });
    await handler(order(), CONTEXT);
    expect(asked).toEqual([
      { tenant: 'acme', clients: ['user:ann', 'ip:192.0.2.1'], cls: 'GET', now: time.now },
      { tenant: '-', clients: ['ip:192.0.2.1'], cls: 'GET', now: time.now },
    ]);
  });

  test.each([
    ['at once', (): LimitDecision => ({ allowed: false, hit: HIT })],
    ['later', async (): Promise<LimitDecision> => ({ allowed: false, hit: HIT })],
  ])('that refuses %s answers 429 instead of the handler and folds the flood', async (_, decide) => {
    const { trailgate, time, of } = bench({ limiter: { decide } });
    let handled = 0;
    const handler = trailgate.wrap(async () => {
      handled += 1;
      return { statusCode: 200 };
    });
    const answer = await handler(order({ user: 'ann' }), CONTEXT);
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { 'Retry-After': '3', 'x-correlation-id': UNLUCKY },
    });
    for (let i = 1; i < 100; i++) {
      time.now += 5;
      await handler(order({ user: 'ann' }), CONTEXT);
    }
    time.now += 1000;
    await handler(order({ user: 'ann' }), CONTEXT);
    expect(handled).toBe(0);
    expect(of('trail').map(({ count }) => count)).toEqual([1, 1, 1, 98]);
    await handler(order({ user: 'ann' }), CONTEXT);
    trailgate.flush();
    expect(of('trail').map(({ count }) => count)).toEqual([1, 1, 1, 98, 1]);
    expect(of('trail').at(-1)).toMatchObject({
      target: 'noisy-client',
      principal: 'user:ann',
      tenant: 'acme',
      event: { action: 'excess_rate_limit_exceeded', outcome: 'failure' },
    });
    expect(of('rollup').at(-1)?.rollup).toMatchObject({
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
    const { trailgate, time, of } = bench({ limiter: { decide } });
    const handler = trailgate.wrap(ok);
    for (let i = 0; i < 20; i++) {
      expect(await handler(order(), CONTEXT)).toMatchObject({ statusCode: 200 });
      time.now += 100;
    }
    expect(of('log').map(({ message, error }) => [message, error?.message])).toEqual([
      ['limiter failed, request served', 'no table'],
      ['limiter failed, request served', 'no table'],
    ]);
  });

  test('is not asked about authorizers and events', async () => {
    const { trailgate } = bench({
      limiter: {
        decide() {
          throw new Error('asked');
        },
      },
    });
    const handler = trailgate.wrap(async () => 'done');
    expect(await handler({ Records: [{ eventSource: 'aws:sqs' }] }, CONTEXT)).toBe('done');
  });
});
