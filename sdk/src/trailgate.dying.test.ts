import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import {
  createTestTrailgate,
  KEPT_TRACE_ID,
  type TestTrailgate,
  type TestTrailgateOptions,
} from './testing/index.ts';

const MB = 1024 * 1024;

/** A handler that logs, waits to be told to go on, and logs again. */
function waiting(options: TestTrailgateOptions = {}) {
  const kit = createTestTrailgate({ sampling: { rate: 0 }, ...options });
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  const handler = kit.trailgate.wrap(async () => {
    kit.trailgate.log.debug('before');
    kit.trailgate.log.info('query', { password: 'hunter2' });
    kit.trailgate.count('Orders');
    for (let i = 0; i < 5; i++) kit.trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
    await promise;
    kit.trailgate.log.debug('after');
    return { statusCode: 200 };
  });
  const start = (timeoutMs: number, id?: string): Promise<unknown> =>
    kit.invoke(handler, order(id === undefined ? {} : { id }), { timeoutMs });
  return { ...kit, start, goOn };
}

const told = ({ logs }: Pick<TestTrailgate, 'logs'>): string[] => logs.map(({ message }) => message).sort();

describe('an invocation that is about to time out', () => {
  test('writes its detail, its counts and what was folded before the kill', async () => {
    const kit = waiting();
    void kit.start(3000);
    kit.advance(2899);
    expect(kit.logs).toEqual([]);
    kit.advance(1);
    expect(told(kit)).toEqual(['about to time out: 100 ms left', 'before', 'query']);
    expect(kit.logs.every(({ weight }) => weight === 1)).toBe(true);
    expect(kit.trail.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(kit.rollups.at(-1)?.rollup.counters).toEqual([{ name: 'Orders', unit: 'Count', value: 1 }]);
    // The platform kills it here: nobody hears of the end.
    expect(kit.requests).toEqual([]);
  });

  test('and ends in time after all is recorded as that, with nothing twice', async () => {
    const kit = waiting();
    const running = kit.start(3000);
    kit.advance(2950);
    kit.goOn();
    expect(await running).toMatchObject({ statusCode: 200 });
    expect(told(kit)).toEqual(['about to time out: 100 ms left', 'after', 'before', 'query']);
    expect(kit.requests).toMatchObject([{ kept: 'timeout', level: 'WARN', weight: 1 }]);
    expect(kit.rollups.at(-1)?.rollup).toMatchObject({ invocations: 1, requests: [{ count: 1, kept: 1 }] });
    kit.advance(10_000);
    expect(kit.requests.length).toBe(1);
  });

  test('stands for itself where it was sampled', async () => {
    const kit = waiting({ sampling: { rate: 0.01 } });
    const running = kit.start(1000, KEPT_TRACE_ID);
    kit.advance(950);
    expect(kit.logs.map(({ weight }) => weight)).toEqual([1, 1, 1]);
    kit.goOn();
    await running;
    expect(kit.requests).toMatchObject([{ kept: 'timeout', weight: 1 }]);
  });

  test('says so although warnings are sampled away', () => {
    const kit = waiting({ sampling: { rate: 0, levels: { warn: 0 } } });
    void kit.start(1000);
    kit.advance(1000);
    expect(told(kit)).toContain('about to time out: 100 ms left');
  });

  test('leaves no gap where the platform takes errors only', () => {
    process.env.AWS_LAMBDA_LOG_LEVEL = 'ERROR';
    try {
      const kit = waiting();
      void kit.start(1000);
      kit.advance(1000);
      expect(kit.records.map(({ seq }) => seq)).toEqual(kit.records.map((_, i) => i));
      expect(new Set(kit.records.map(({ level }) => level))).toEqual(new Set(['ERROR']));
    } finally {
      delete process.env.AWS_LAMBDA_LOG_LEVEL;
    }
  });

  test('is not watched any more when it has ended', async () => {
    const kit = waiting();
    kit.goOn();
    await kit.start(1000);
    const { length } = kit.lines;
    kit.advance(5000);
    expect(kit.lines.length).toBe(length);
  });
});

describe('an invocation whose memory runs out', () => {
  test('writes its detail while it can, and again before it times out', () => {
    process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE = '128';
    try {
      let used = 60 * MB;
      const kit = waiting({ ports: { memory: () => used } });
      void kit.start(3000);
      kit.advance(500);
      expect(kit.logs).toEqual([]);
      used = 120 * MB;
      kit.advance(100);
      expect(told(kit)).toEqual(['about to run out of memory', 'before', 'query']);
      kit.advance(2500);
      expect(kit.logs.length).toBe(4);
    } finally {
      delete process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
    }
  });
});
