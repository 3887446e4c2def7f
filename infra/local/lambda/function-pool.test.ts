import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProcessRegistry } from '../processes/process-registry.ts';
import type { LogStreamPort } from './function-instance.ts';
import { FunctionPool, type PoolOptions } from './function-pool.ts';

let processes: ProcessRegistry;
let output: Map<string, string>;
let platform: { stream: string; type: string; record: Record<string, unknown> }[];

const logs: LogStreamPort = {
  append: (_group, stream, chunk) =>
    void output.set(stream, (output.get(stream) ?? '') + Buffer.from(chunk).toString('utf8')),
  appendPlatform: (_group, stream, line) =>
    void platform.push({ stream, ...(line as { type: string; record: Record<string, unknown> }) }),
  endStream: () => undefined,
};

function pool(overrides: Partial<PoolOptions> = {}, timeoutMs = 20_000): FunctionPool {
  return new FunctionPool(
    {
      name: 'tested',
      module: new URL('./testing/handler.ts', import.meta.url).href,
      env: {},
      timeoutMs,
      memoryMB: 128,
    },
    { concurrency: 2, idleMs: 60_000, maxAgeMs: 60_000, ...overrides },
    processes,
    logs,
    Date.now,
  );
}

function processState(pid: number): string {
  return /State:\s+(\w)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '?';
}

beforeEach(() => {
  processes = new ProcessRegistry();
  output = new Map();
  platform = [];
});

afterEach(async () => {
  await processes.close();
});

describe('a function pool', () => {
  test('keeps an instance for the next event and freezes it between', async () => {
    const tested = pool();
    const first = await tested.invoke({ do: 'echo', text: 'a' });
    const second = await tested.invoke({ do: 'echo', text: 'b' });
    expect(first).toMatchObject({ ok: true, result: { text: 'a', served: 1 } });
    expect(second).toMatchObject({ ok: true, result: { text: 'b', served: 2 } });
    const [instance] = tested.instances();
    if (process.platform === 'linux') {
      await sleep(50);
      expect(processState(instance?.pid ?? 0)).toBe('T');
    }
  });

  test('runs two events on two instances and queues the third', async () => {
    const tested = pool();
    await tested.warm(2);
    const results = await Promise.all(['a', 'b', 'c'].map((text) => tested.invoke({ do: 'echo', text })));
    const pids = results.map((outcome) => (outcome.ok ? (outcome.result as { pid: number }).pid : 0));
    expect(new Set(pids).size).toBe(2);
  });

  test('writes output and platform lines into the log stream, in order', async () => {
    const tested = pool();
    await tested.invoke({ do: 'print', text: 'raw' });
    const [stream] = [...output.keys()];
    const [raw, console] = (output.get(stream ?? '') ?? '').trim().split('\n');
    expect(raw).toBe('raw');
    expect(JSON.parse(console ?? '')).toMatchObject({ level: 'INFO', message: 'through the console' });
    expect(platform.map(({ type }) => type)).toEqual([
      'platform.initStart',
      'platform.start',
      'platform.report',
    ]);
    expect(platform[2]?.record).toMatchObject({ status: 'success', metrics: { memorySizeMB: 128 } });
  });

  test('tells errors, time-outs and crashes apart, and replaces what died', async () => {
    const tested = pool({ concurrency: 1 }, 1500);
    expect(await tested.invoke({ do: 'throw', text: 'boom' })).toMatchObject({
      ok: false,
      error: { errorType: 'RangeError', errorMessage: 'boom' },
    });
    expect(await tested.invoke({ do: 'hang' })).toMatchObject({
      ok: false,
      error: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.50 seconds' },
    });
    expect(await tested.invoke({ do: 'exit' })).toMatchObject({
      ok: false,
      error: { errorType: 'Runtime.ExitError' },
    });
    expect(await tested.invoke({ do: 'echo', text: 'again' })).toMatchObject({ ok: true });
    const reports = platform.filter(({ type }) => type === 'platform.report');
    expect(reports.map(({ record }) => record.status)).toEqual(['error', 'timeout', 'error', 'success']);
  });

  test('lets a retired instance say its last words', async () => {
    const tested = pool();
    await tested.invoke({ do: 'echo' });
    await tested.recycle();
    expect(tested.instances()).toEqual([]);
    expect([...output.values()]).toEqual(['last words\n']);
  });

  test('retires an instance that has been idle too long', async () => {
    const tested = pool({ idleMs: 0 });
    await tested.invoke({ do: 'echo' });
    tested.sweep();
    expect(tested.instances()).toEqual([]);
  });

  test('names the reason when a module cannot start', async () => {
    const broken = new FunctionPool(
      { name: 'broken', module: 'file:///nowhere.ts', env: {}, timeoutMs: 1000, memoryMB: 128 },
      { concurrency: 1, idleMs: 1, maxAgeMs: 1 },
      processes,
      logs,
      Date.now,
    );
    await expect(broken.warm(1)).rejects.toThrow(/function broken did not start: .*nowhere/);
  });
});
