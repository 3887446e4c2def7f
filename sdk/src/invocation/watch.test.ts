import { describe, expect, test } from 'vitest';
import { type Danger, readRemaining, type WatchPorts, watch } from './watch.ts';

const MB = 1024 * 1024;

/** Time that moves by hand; at most one timer waits. */
function handClock(deadlineMs: number, rss: { bytes: number } = { bytes: 0 }) {
  let now = 0;
  let waiting: { at: number; callBack: () => void } | undefined;
  const ports: WatchPorts = {
    timer(ms, callBack) {
      const timer = { at: now + ms, callBack };
      waiting = timer;
      return () => {
        if (waiting === timer) waiting = undefined;
      };
    },
    memory: () => rss.bytes,
  };
  return {
    ports,
    remainingMs: () => deadlineMs - now,
    waits: () => waiting !== undefined,
    advance(to: number) {
      while (waiting !== undefined && waiting.at <= to) {
        const { at, callBack } = waiting;
        waiting = undefined;
        now = at;
        callBack();
      }
      now = to;
    },
  };
}

describe('watch', () => {
  test('says once, 100 ms ahead, that the platform is about to end the invocation', () => {
    const clock = handClock(3000);
    const dangers: [Danger, number][] = [];
    watch({ remainingMs: clock.remainingMs, memoryBytes: 128 * MB }, clock.ports, (danger) =>
      dangers.push([danger, clock.remainingMs()]),
    );
    clock.advance(2899);
    expect(dangers).toEqual([]);
    clock.advance(10_000);
    expect(dangers).toEqual([['timeout', 100]]);
    expect(clock.waits()).toBe(false);
  });

  test('leaves a short timeout a tenth of itself', () => {
    const clock = handClock(200);
    const dangers: number[] = [];
    watch({ remainingMs: clock.remainingMs, memoryBytes: 128 * MB }, clock.ports, () =>
      dangers.push(clock.remainingMs()),
    );
    clock.advance(500);
    expect(dangers).toEqual([20]);
  });

  test('says that memory runs out while there is some left', () => {
    const rss = { bytes: 60 * MB };
    const clock = handClock(60_000, rss);
    const dangers: Danger[] = [];
    watch({ remainingMs: clock.remainingMs, memoryBytes: 128 * MB }, clock.ports, (danger) =>
      dangers.push(danger),
    );
    clock.advance(1000);
    rss.bytes = 120 * MB;
    clock.advance(1100);
    expect(dangers).toEqual(['memory']);
    clock.advance(70_000);
    expect(dangers).toEqual(['memory', 'timeout']);
  });

  test('ends when the invocation does', () => {
    const clock = handClock(1000);
    const stop = watch({ remainingMs: clock.remainingMs, memoryBytes: MB }, clock.ports, () => {
      throw new Error('watched too long');
    });
    stop();
    expect(clock.waits()).toBe(false);
  });

  test('lets nothing out of its timer', () => {
    const clock = handClock(1000);
    let asked = 0;
    const remainingMs = () => {
      if (asked++ > 1) throw new Error('no context any more');
      return 1000;
    };
    watch({ remainingMs, memoryBytes: MB }, clock.ports, () => {});
    clock.advance(5000);
    expect(asked).toBe(3);
  });
});

describe('the time that is left', () => {
  test.each([
    [undefined],
    [{}],
    [{ getRemainingTimeInMillis: 12 }],
    [{ getRemainingTimeInMillis: () => 'soon' }],
    [{ getRemainingTimeInMillis: () => Number.NaN }],
  ])('is not known from %j', (context) => {
    expect(readRemaining(context)).toBeUndefined();
  });

  test('is asked of the context each time', () => {
    let left = 50;
    const context = {
      getRemainingTimeInMillis() {
        expect(this).toBe(context);
        return left;
      },
    };
    const remainingMs = readRemaining(context);
    left = 20;
    expect(remainingMs?.()).toBe(20);
  });
});
