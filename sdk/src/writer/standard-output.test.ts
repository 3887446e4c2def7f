import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeAll } from './standard-output.ts';

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('writing to a pipe', () => {
  test('any mix of partial writes, full pipes and interrupts loses and repeats nothing', () => {
    const step = fc.oneof(fc.constantFrom('EAGAIN', 'EINTR'), fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(step), (bytes, steps) => {
        const arrived: number[] = [];
        const left = [...steps];
        writeAll(
          bytes,
          (from, offset, length) => {
            const next = left.shift() ?? length;
            if (typeof next === 'string') throw errno(next);
            const taken = Math.min(next, length);
            arrived.push(...from.subarray(offset, offset + taken));
            return taken;
          },
          () => {},
        );
        expect(arrived).toEqual([...bytes]);
      }),
    );
  });

  test('waits grow while the pipe stays full and start anew after progress', () => {
    const waits: number[] = [];
    const answers = ['EAGAIN', 'EAGAIN', 'EAGAIN', 2, 'EAGAIN', 1];
    writeAll(
      new Uint8Array(3),
      () => {
        const next = answers.shift();
        if (typeof next === 'number') return next;
        throw errno(String(next));
      },
      (ms) => waits.push(ms),
    );
    expect(waits).toEqual([1, 2, 4, 1]);
  });

  test('a pipe whose reader is gone is given up without an error', () => {
    let calls = 0;
    writeAll(
      new Uint8Array(3),
      () => {
        calls += 1;
        throw errno('EPIPE');
      },
      () => {},
    );
    expect(calls).toBe(1);
  });
});
