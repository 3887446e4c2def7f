import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SendResult, SpanQueue } from './span-queue.ts';

/** A clock and timers that move when the test says so. */
class Time {
  now = 0;
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  readonly ports = {
    monotonic: () => this.now,
    after: (ms: number, callback: () => void) => {
      const timer = { at: this.now + ms, callback };
      this.#timers.add(timer);
      return () => this.#timers.delete(timer);
    },
  };

  advance(ms: number): void {
    this.now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.at > this.now || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }
}

function sized(...spans: number[]): { span: number; bytes: number }[] {
  return spans.map((span) => ({ span, bytes: 100 }));
}

const turn = (): Promise<void> => new Promise(setImmediate);

describe('a queue of spans', () => {
  test('has nothing to wait for without spans or time', () => {
    const queue = new SpanQueue<number>(async () => 'taken', new Time().ports);
    expect(queue.flush(100)).toBeUndefined();
    queue.add(sized(1));
    expect(queue.flush(0)).toBeUndefined();
    expect(queue.flush(Number.NaN)).toBeUndefined();
    expect(queue.waiting).toBe(1);
  });

  test('sends one batch at a time: who comes meanwhile waits for the next', async () => {
    const batches: (readonly number[])[] = [];
    const answers: ((result: SendResult) => void)[] = [];
    const queue = new SpanQueue<number>((spans) => {
      batches.push(spans);
      return new Promise((resolve) => answers.push(resolve));
    }, new Time().ports);
    queue.add(sized(1));
    const first = queue.flush(100);
    await turn();
    queue.add(sized(2));
    const second = queue.flush(100);
    queue.add(sized(3));
    const third = queue.flush(100);
    await turn();
    expect(batches).toEqual([[1]]);
    answers[0]?.('taken');
    await first;
    await turn();
    expect(batches).toEqual([[1], [2, 3]]);
    answers[1]?.('taken');
    await Promise.all([second, third]);
    expect(queue.exported).toBe(3);
  });

  test('asks a failing collector again after 1 s, 2 s, 4 s, and at once when it is well', async () => {
    const time = new Time();
    const asked: number[] = [];
    let result: SendResult = 'later';
    const queue = new SpanQueue<number>(async () => {
      asked.push(time.now);
      return result;
    }, time.ports);
    queue.add(sized(1));
    for (let i = 0; i < 80; i++) {
      if (i === 75) result = 'taken';
      await queue.flush(50);
      time.advance(100);
    }
    expect(asked).toEqual([0, 1000, 3000, 7000]);
    time.advance(60_000);
    await queue.flush(50);
    expect(queue.exported).toBe(1);
    queue.add(sized(2));
    expect(queue.flush(50)).toBeDefined();
  });

  test('gives a collector that never answers half a minute, then tries again', async () => {
    const time = new Time();
    let calls = 0;
    const queue = new SpanQueue<number>(() => {
      calls += 1;
      return calls === 1 ? new Promise(() => {}) : Promise.resolve('taken');
    }, time.ports);
    queue.add(sized(1));
    const flushed = queue.flush(200);
    await turn();
    time.advance(200);
    await flushed;
    expect(queue.waiting).toBe(1);
    time.advance(30_000);
    await turn();
    time.advance(60_000);
    await queue.flush(200);
    expect({ calls, exported: queue.exported, waiting: queue.waiting }).toEqual({
      calls: 2,
      exported: 1,
      waiting: 0,
    });
  });

  test('property: loses count of no span, and holds no more than its bounds', async () => {
    const step = fc.record({
      add: fc.nat({ max: 900 }),
      bytes: fc.constantFrom(1, 100, 5000),
      result: fc.constantFrom<SendResult>('taken', 'refused', 'later'),
      ms: fc.constantFrom(0, 500, 40_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const time = new Time();
        let result: SendResult = 'taken';
        let taken = 0;
        const queue = new SpanQueue<number>(async (spans) => {
          if (result === 'taken') taken += spans.length;
          return result;
        }, time.ports);
        let added = 0;
        for (const { add, bytes, result: next, ms } of steps) {
          result = next;
          queue.add(Array.from({ length: add }, () => ({ span: added++, bytes })));
          await queue.flush(50);
          time.advance(ms);
          expect(queue.waiting).toBeLessThanOrEqual(2048);
          expect(queue.exported + queue.refused + queue.overflowed + queue.waiting).toBe(added);
        }
        expect(queue.exported).toBe(taken);
      }),
    );
  });
});
