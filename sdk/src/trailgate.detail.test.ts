import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { createTestTrailgate, KEPT_TRACE_ID, UNKEPT_TRACE_ID } from './testing/index.ts';

describe('an invocation that is not kept', () => {
  test('writes warnings only, in one write, and is counted', async () => {
    const { trailgate, invoke, writes, records, rollups } = createTestTrailgate({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      trailgate.log.warn('odd', { item: 3 });
      return { statusCode: 404 };
    });
    await invoke(handler, order({ user: 'ann' }), { functionName: 'orders-fn', awsRequestId: 'r-1' });
    expect(writes.length).toBe(2);
    const [, warning] = records;
    expect(records.map(({ kind }) => kind)).toEqual(['rollup', 'log', 'rollup']);
    expect(warning).toMatchObject({
      level: 'WARN',
      kind: 'log',
      weight: 1,
      message: 'odd',
      service: { name: 'test' },
      correlation_id: UNKEPT_TRACE_ID,
      trace_id: UNKEPT_TRACE_ID,
      tenant: 'acme',
      principal: 'user:ann',
      user: { id: 'ann' },
      source: { ip: '192.0.2.1' },
      route: 'GET /orders/{id}',
      faas: { name: 'orders-fn', execution: 'r-1', coldstart: true },
      fields: { item: 3 },
    });
    expect(rollups.at(-1)?.rollup).toMatchObject({
      invocations: 1,
      requests: [{ route: 'GET /orders/{id}', status: 404, tenant: 'acme', count: 1, kept: 0 }],
      principals: [{ tenant: 'acme', principal: 'user:ann', count: 1, refused: 0 }],
    });
  });

  test.each([
    ['throws', async () => Promise.reject(new Error('broken'))],
    ['answers 500', async () => ({ statusCode: 500 })],
  ])('gives its detail when it %s', async (_, end) => {
    const { trailgate, invoke, logs, requests } = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.debug('step 1', { password: 'hunter2' });
      trailgate.log.info('step 2');
      return end();
    });
    await invoke(handler, order()).catch(() => undefined);
    expect(logs.map(({ message, level, weight }) => [message, level, weight])).toEqual([
      ['step 1', 'DEBUG', 1],
      ['step 2', 'INFO', 1],
    ]);
    expect(logs[0]?.fields).toEqual({ password: '[redacted]' });
    expect(requests).toMatchObject([
      { kept: 'error', level: 'ERROR', weight: 1, http: { response: { status_code: 500 } } },
    ]);
  });

  test('gives its detail when it is slow', async () => {
    const { trailgate, invoke, advance, logs, requests } = createTestTrailgate({
      sampling: { rate: 0, slowMs: 200 },
    });
    const handler = trailgate.wrap(async () => {
      trailgate.log.debug('query');
      advance(250);
      return { statusCode: 200 };
    });
    await invoke(handler, order());
    expect(logs.length).toBe(1);
    expect(requests).toMatchObject([{ kept: 'slow', event: { duration: 250e6, outcome: 'success' } }]);
  });

  test('of a handler that throws is told with the error, which is passed on', async () => {
    const { trailgate, invoke, requests } = createTestTrailgate();
    const error = new TypeError('no such order');
    await expect(
      invoke(
        trailgate.wrap(() => Promise.reject(error)),
        order(),
      ),
    ).rejects.toBe(error);
    expect(requests[0]?.error).toMatchObject({ type: 'TypeError', message: 'no such order' });
  });
});

describe('an invocation that is sampled', () => {
  test('writes detail that stands for many', async () => {
    const { trailgate, invoke, logs, requests, rollups } = createTestTrailgate({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      trailgate.log.warn('odd');
      return { statusCode: 200 };
    });
    await invoke(handler, order({ id: KEPT_TRACE_ID }));
    expect(logs.map(({ message, weight }) => [message, weight])).toEqual([
      ['detail', 100],
      ['odd', 1],
    ]);
    expect(requests).toMatchObject([{ kept: 'sampled', weight: 100 }]);
    expect(rollups.at(-1)?.rollup?.requests).toMatchObject([{ count: 1, kept: 1 }]);
  });

  test('and fails stands for itself: all failures are kept', async () => {
    const { trailgate, invoke, logs, requests } = createTestTrailgate({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      return { statusCode: 503 };
    });
    await invoke(handler, order({ id: KEPT_TRACE_ID }));
    expect([...logs, ...requests].map(({ weight }) => weight)).toEqual([1, 1]);
  });

  test('upstream is kept here too, and goes on', async () => {
    const { trailgate, invoke, requests } = createTestTrailgate({ sampling: { rate: 0 } });
    let outgoing: Record<string, string> = {};
    const handler = trailgate.wrap(async () => {
      outgoing = trailgate.outgoingHeaders();
      return { statusCode: 200 };
    });
    const headers = {
      traceparent: `00-${UNKEPT_TRACE_ID}-00f067aa0ba902b7-01`,
      tracestate: 'a=1,trailgate=keep',
      'x-correlation-id': 'c-7',
    };
    await invoke(handler, order({ headers }));
    expect(requests).toMatchObject([{ kept: 'upstream', weight: 1, correlation_id: 'c-7' }]);
    expect(outgoing).toEqual({
      traceparent: expect.stringMatching(`^00-${UNKEPT_TRACE_ID}-[0-9a-f]{16}-01$`),
      tracestate: 'trailgate=keep,a=1',
      'x-correlation-id': 'c-7',
    });
    expect(trailgate.outgoingHeaders()).toEqual({});
  });
});

describe('clients that ask to be kept', () => {
  test.each([
    [undefined, 0],
    [true, 1],
  ])('with trustClientKeep %s', async (trustClientKeep, kept) => {
    const { trailgate, invoke, requests } = createTestTrailgate({
      sampling: { rate: 0 },
      ...(trustClientKeep === undefined ? {} : { trustClientKeep }),
    });
    const handler = trailgate.wrap(async () => ({ statusCode: 200 }));
    await invoke(handler, order({ headers: { 'debug-log-enabled': 'true' } }));
    expect(requests.length).toBe(kept);
  });
});

describe('levels', () => {
  test('detail below the platform floor waits too, and is raised where a failure wants it', async () => {
    process.env.AWS_LAMBDA_LOG_LEVEL = 'WARN';
    try {
      const { trailgate, invoke, logs, clear } = createTestTrailgate({ sampling: { rate: 1 } });
      const handler = trailgate.wrap(async (event: ReturnType<typeof order>) => {
        trailgate.log.debug('query');
        trailgate.log.info('found');
        trailgate.log.error('broken');
        return { statusCode: event.path === '/fails' ? 500 : 200 };
      });
      await invoke(handler, order());
      expect(logs.map(({ level, message }) => [level, message])).toEqual([['ERROR', 'broken']]);
      clear();
      await invoke(handler, { ...order(), path: '/fails' });
      expect(logs.map(({ level, raised_from, message }) => [level, raised_from, message])).toEqual([
        ['ERROR', undefined, 'broken'],
        ['WARN', 'DEBUG', 'query'],
        ['WARN', 'INFO', 'found'],
      ]);
    } finally {
      delete process.env.AWS_LAMBDA_LOG_LEVEL;
    }
  });

  test('records that must arrive are raised to the platform floor', async () => {
    process.env.AWS_LAMBDA_LOG_LEVEL = 'ERROR';
    try {
      const { trailgate, invoke, records } = createTestTrailgate({ sampling: { rate: 1 } });
      const handler = trailgate.wrap(async () => {
        trailgate.log.warn('not taken');
        trailgate.trail.loginSucceeded({ user: 'ann' });
        return { statusCode: 200 };
      });
      await invoke(handler, order());
      expect(records.map(({ kind, level }) => [kind, level])).toEqual([
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
