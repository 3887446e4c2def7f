import { describe, expect, test } from 'vitest';
import { bench, CONTEXT, LUCKY, order, UNLUCKY } from './testing/trailgate-bench.ts';

describe('an invocation that is not kept', () => {
  test('writes warnings only, in one write, and is counted', async () => {
    const { trailgate, writes, read } = bench({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      trailgate.log.warn('odd', { item: 3 });
      return { statusCode: 404 };
    });
    await handler(order({ user: 'ann' }), CONTEXT);
    expect(writes.length).toBe(2);
    const [, warning, rollup, ...rest] = read();
    expect(rest).toEqual([]);
    expect(warning).toMatchObject({
      level: 'WARN',
      kind: 'log',
      weight: 1,
      message: 'odd',
      service: { name: 'orders' },
      correlation_id: UNLUCKY,
      trace_id: UNLUCKY,
      tenant: 'acme',
      principal: 'user:ann',
      user: { id: 'ann' },
      source: { ip: '192.0.2.1' },
      route: 'GET /orders/{id}',
      faas: { name: 'orders-fn', execution: 'r-1', coldstart: true },
      fields: { item: 3 },
    });
    expect(rollup?.rollup).toMatchObject({
      invocations: 1,
      requests: [{ route: 'GET /orders/{id}', status: 404, tenant: 'acme', count: 1, kept: 0 }],
      principals: [{ tenant: 'acme', principal: 'user:ann', count: 1, refused: 0 }],
    });
  });

  test.each([
    ['throws', async () => Promise.reject(new Error('broken'))],
    ['answers 500', async () => ({ statusCode: 500 })],
  ])('gives its detail when it %s', async (_, end) => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.debug('step 1', { password: 'hunter2' });
      trailgate.log.info('step 2');
      return end();
    });
    await handler(order(), CONTEXT).catch(() => undefined);
    expect(of('log').map(({ message, level, weight }) => [message, level, weight])).toEqual([
      ['step 1', 'DEBUG', 1],
      ['step 2', 'INFO', 1],
    ]);
    expect(of('log')[0]?.fields).toEqual({ password: '[redacted]' });
    expect(of('request')).toMatchObject([
      { kept: 'error', level: 'ERROR', weight: 1, http: { response: { status_code: 500 } } },
    ]);
  });

  test('gives its detail when it is slow', async () => {
    const { trailgate, time, of } = bench({ sampling: { rate: 0, slowMs: 200 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.debug('query');
      time.now += 250;
      return { statusCode: 200 };
    });
    await handler(order(), CONTEXT);
    expect(of('log').length).toBe(1);
    expect(of('request')).toMatchObject([{ kept: 'slow', event: { duration: 250e6, outcome: 'success' } }]);
  });

  test('of a handler that throws is told with the error, which is passed on', async () => {
    const { trailgate, of } = bench();
    const error = new TypeError('no such order');
    await expect(trailgate.wrap(() => Promise.reject(error))(order(), CONTEXT)).rejects.toBe(error);
    expect(of('request')[0]?.error).toMatchObject({ type: 'TypeError', message: 'no such order' });
  });
});

describe('an invocation that is sampled', () => {
  test('writes detail that stands for many', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      trailgate.log.warn('odd');
      return { statusCode: 200 };
    });
    await handler(order({ id: LUCKY }), CONTEXT);
    expect(of('log').map(({ message, weight }) => [message, weight])).toEqual([
      ['detail', 100],
      ['odd', 1],
    ]);
    expect(of('request')).toMatchObject([{ kept: 'sampled', weight: 100 }]);
    expect(of('rollup').at(-1)?.rollup?.requests).toMatchObject([{ count: 1, kept: 1 }]);
  });

  test('and fails stands for itself: all failures are kept', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      return { statusCode: 503 };
    });
    await handler(order({ id: LUCKY }), CONTEXT);
    expect([...of('log'), ...of('request')].map(({ weight }) => weight)).toEqual([1, 1]);
  });

  test('upstream is kept here too, and goes on', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    let outgoing: Record<string, string> = {};
    const handler = trailgate.wrap(async () => {
      outgoing = trailgate.outgoingHeaders();
      return { statusCode: 200 };
    });
    const headers = {
      traceparent: `00-${UNLUCKY}-00f067aa0ba902b7-01`,
      tracestate: 'a=1,trailgate=keep',
      'x-correlation-id': 'c-7',
    };
    await handler(order({ headers }), CONTEXT);
    expect(of('request')).toMatchObject([{ kept: 'upstream', weight: 1, correlation_id: 'c-7' }]);
    expect(outgoing).toEqual({
      traceparent: expect.stringMatching(`^00-${UNLUCKY}-[0-9a-f]{16}-01$`),
      tracestate: 'trailgate=keep,a=1',
      'x-correlation-id': 'c-7',
    });
    expect(trailgate.outgoingHeaders()).toEqual({});
  });
});

describe('levels', () => {
  test('records that must arrive are raised to the platform floor', async () => {
    process.env.AWS_LAMBDA_LOG_LEVEL = 'ERROR';
    try {
      const { trailgate, read } = bench({ sampling: { rate: 1 } });
      const handler = trailgate.wrap(async () => {
        trailgate.log.warn('not taken');
        trailgate.trail.loginSucceeded({ user: 'ann' });
        return { statusCode: 200 };
      });
      await handler(order(), CONTEXT);
      expect(read().map(({ kind, level }) => [kind, level])).toEqual([
        ['rollup', 'ERROR'],
        ['trail', 'ERROR'],
        ['request', 'ERROR'],
        ['rollup', 'ERROR'],
      ]);
    } finally {
      delete process.env.AWS_LAMBDA_LOG_LEVEL;
    }
  });
});
