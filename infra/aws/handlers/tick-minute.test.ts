import { describe, expect, test } from 'vitest';
import { minuteTicker } from './tick-minute.ts';

const MINUTE = Date.UTC(2026, 10, 22, 10, 0);
const CALL = { time: '2026-11-22T10:00:00Z' };

/** A ticker whose time passes only in sleep and by `tickMs` a tick; `ticks` has the second of each. */
function world(
  ticksPerMinute: number,
  {
    begin = MINUTE + 400,
    tickMs = 50,
    timeLeftMs = 90_000,
    failing = [] as readonly number[],
  }: { begin?: number; tickMs?: number; timeLeftMs?: number; failing?: readonly number[] } = {},
) {
  let now = begin;
  const ticks: number[] = [];
  const failures: unknown[] = [];
  const handler = minuteTicker(ticksPerMinute, {
    tick: async () => {
      ticks.push((now - MINUTE) / 1_000);
      now += tickMs;
      if (failing.includes(ticks.length)) throw new Error(`tick ${ticks.length}`);
    },
    clock: () => now,
    sleep: async (ms) => {
      expect(ms).toBeGreaterThan(0);
      now += ms;
    },
    onFailure: (error) => failures.push(error),
  });
  const run = (call: { readonly time?: string } = CALL) =>
    handler(call, { getRemainingTimeInMillis: () => timeLeftMs });
  return { run, ticks, failures, second: () => (now - MINUTE) / 1_000 };
}

describe('the ticks of a minute', () => {
  test('are at once and then at each part, and end before the next minute', async () => {
    const { run, ticks, second } = world(6);
    await run();
    expect(ticks).toEqual([0.4, 10, 20, 30, 40, 50]);
    expect(second()).toBeLessThan(60);
  });

  test('is one and done where one is asked for', async () => {
    const { run, ticks, second } = world(1);
    await run();
    expect(ticks).toEqual([0.4]);
    expect(second()).toBe(0.45);
  });

  test('leave out what has passed when the call comes late, or a tick takes long', async () => {
    const late = world(6, { begin: MINUTE + 34_000 });
    await late.run();
    expect(late.ticks).toEqual([34, 40, 50]);
    const slow = world(6, { tickMs: 15_000 });
    await slow.run();
    expect(slow.ticks).toEqual([0.4, 20, 40]);
  });

  test('are one for a minute that is over, as when the call is made again', async () => {
    const { run, ticks } = world(6, { begin: MINUTE + 75_000 });
    await run();
    expect(ticks).toEqual([75]);
  });

  test('are those of the present minute where the call names none, and end with the time that is left', async () => {
    const { run, ticks } = world(6, { begin: MINUTE + 400, timeLeftMs: 25_000 });
    await run({});
    expect(ticks).toEqual([0.4, 10, 20]);
  });

  test('go on behind one that failed, which is told; none at all is an error', async () => {
    const some = world(3, { failing: [1, 3] });
    await some.run();
    expect(some.ticks).toHaveLength(3);
    expect(some.failures).toHaveLength(2);
    const none = world(3, { failing: [1, 2, 3] });
    await expect(none.run()).rejects.toThrow('tick 3');
  });
});
