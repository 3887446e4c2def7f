import { afterEach, describe, expect, test } from 'vitest';
import { emfSink } from './emf/index.ts';
import { ok, order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';
import { createTrailgate } from './trailgate.ts';

afterEach(() => {
  delete process.env.AWS_LAMBDA_LOG_LEVEL;
  delete process.env.TRAILGATE_DISABLED;
});

describe('the platform’s own level', () => {
  test.each(['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'])(
    '%s lets the trail, requests and counts pass',
    async (level) => {
      process.env.AWS_LAMBDA_LOG_LEVEL = level;
      const { trailgate, invoke, records } = createTestTrailgate();
      const handler = trailgate.wrap(async () => {
        for (const each of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)
          trailgate.log[each](each);
        trailgate.trail.loginSucceeded({ user: 'ann' });
        return { statusCode: 200 };
      });
      await invoke(handler, order());
      const ranks = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
      const below = records.filter((record) => ranks.indexOf(record.level) < ranks.indexOf(level));
      // What the platform dropped would be a gap in the numbers that no one could explain.
      expect(below).toEqual([]);
      expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i));
      expect(records.filter(({ kind }) => kind !== 'log').map(({ kind }) => kind)).toEqual([
        'rollup',
        'trail',
        'request',
        'rollup',
      ]);
    },
  );

  test('is on the lines of a sink for metrics too', async () => {
    process.env.AWS_LAMBDA_LOG_LEVEL = 'WARN';
    const { trailgate, invoke, lines } = createTestTrailgate({ metrics: emfSink({ namespace: 'Shop' }) });
    await invoke(trailgate.wrap(ok), order());
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: 'WARN', timestamp: expect.any(String) });
  });
});

describe('switched off', () => {
  test('everything can be called, nothing is written and the work runs', async () => {
    process.env.TRAILGATE_DISABLED = '1';
    const { trailgate, lines } = createTestTrailgate();
    const handler = async (): Promise<string> => 'own';
    expect(trailgate.wrap(handler)).toBe(handler);
    const invocation = trailgate.begin({}, {});
    expect(invocation.run(() => 7)).toBe(7);
    expect(invocation.admit()).toBeUndefined();
    const result = { statusCode: 200 };
    expect(invocation.end(result)).toBe(result);
    invocation.fail(new Error('x'));
    trailgate.log.child({ a: 1 }).fatal('x');
    trailgate.trail.event('session_created');
    trailgate.count('x');
    trailgate.distribution('x', 1);
    trailgate.setIdentity({ user: 'ann' });
    trailgate.flush();
    expect([
      trailgate.correlation(),
      trailgate.carrier(),
      trailgate.outgoingHeaders(),
      trailgate.ready,
    ]).toEqual([undefined, undefined, {}, undefined]);
    const event = { Records: [{ eventSource: 'aws:sqs', messageId: 'm-1' }] };
    expect([...trailgate.records(event)].map(({ id, run }) => [id, run(() => 'worked')])).toEqual([
      ['m-1', 'worked'],
    ]);
    expect(lines).toEqual([]);
  });

  test('wrong options are still named', () => {
    process.env.TRAILGATE_DISABLED = '1';
    expect(() => createTrailgate({ service: '' })).toThrow('service: expected');
  });
});
