import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DetailBuffer } from './detail-buffer.ts';
import type { LogCall } from './log-line.ts';

function call(message: string, fields?: unknown): LogCall {
  return { level: 'DEBUG', message, fields, error: undefined };
}

describe('detail buffer', () => {
  test('gives lines back in order, once', () => {
    const buffer = new DetailBuffer();
    buffer.capture(call('a'), 1);
    buffer.capture({ ...call('b'), keys: { k: 1 }, error: new Error('e') }, 2);
    const { lines } = buffer.take();
    expect(lines.map(({ at, message }) => [at, message])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(lines[1]).toMatchObject({ keys: { k: 1 }, error: { message: 'e' } });
    expect(buffer.take()).toEqual({ lines: [], dropped: 0 });
  });

  test('members are those of the time of the call', () => {
    const buffer = new DetailBuffer();
    const fields = { step: 1 };
    buffer.capture(call('a', fields), 1);
    fields.step = 2;
    expect(buffer.take().lines[0]?.fields).toEqual({ step: 1 });
  });

  test('lines of one scope leave the others where they are', () => {
    const buffer = new DetailBuffer();
    const [first, second] = [{}, {}];
    buffer.capture(call('1a'), 1, first);
    buffer.capture(call('2a'), 2, second);
    buffer.capture(call('none'), 3);
    buffer.capture(call('1b'), 4, first);
    const messages = (scope: object): unknown[] => buffer.take(scope).lines.map((line) => line.message);
    expect(messages(first)).toEqual(['1a', '1b']);
    expect(messages(first)).toEqual([]);
    const rest = buffer.take().lines;
    expect(rest.map((line) => line.message)).toEqual(['2a', 'none']);
    expect(rest.map((line) => line.scope)).toEqual([second, undefined]);
    expect(rest[0]?.scope).toBe(second);
  });

  test('a full buffer lets the oldest lines go and counts them', () => {
    const buffer = new DetailBuffer();
    for (let i = 0; i < 100; i++) buffer.capture(call(`${i}`, { text: 'x'.repeat(4096) }), i);
    const { lines, dropped } = buffer.take();
    expect(lines.length + dropped).toBe(100);
    expect(lines.length).toBeLessThan(20);
    expect(lines.at(-1)?.message).toBe('99');
  });

  test('a line longer than the buffer stays alone', () => {
    const buffer = new DetailBuffer();
    buffer.capture(call('a'), 1);
    buffer.capture(call('x'.repeat(1e6)), 2);
    expect(buffer.take()).toMatchObject({ lines: [{ at: 2 }], dropped: 1 });
  });

  test.each<[string, () => unknown]>([
    ['text deep down', () => ({ a: { b: ['x'.repeat(50_000)] } })],
    ['bytes', () => ({ a: Buffer.alloc(100_000) })],
    ['more values than are looked at', () => ({ a: Array.from({ length: 5000 }, (_, i) => ({ i })) })],
    ['an object of a class', () => ({ a: new Map([[1, 'x'.repeat(50_000)]]) })],
    ['fields of a class', () => new Map([[1, 'x'.repeat(50_000)]])],
    ['errors', () => ({ a: new Error('x'.repeat(50_000)) })],
  ])('%s counts for what it holds on to', (_, fields) => {
    const buffer = new DetailBuffer();
    for (let i = 0; i < 200; i++) buffer.capture(call('m', fields()), i);
    expect(buffer.take().lines.length).toBeLessThan(20);
  });

  test('a getter that throws does not lose the line', () => {
    const buffer = new DetailBuffer();
    buffer.capture(
      call('a', {
        get broken(): string {
          throw new Error('no');
        },
      }),
      1,
    );
    expect(buffer.take().lines.length).toBe(1);
  });

  test('each line is given back once or counted as dropped, of its scope and of all', () => {
    const scopes = [undefined, {}, {}, {}];
    const step = fc.oneof(
      { weight: 20, arbitrary: fc.record({ scope: fc.nat(3), size: fc.nat(30_000) }) },
      { weight: 1, arbitrary: fc.record({ take: fc.nat(3) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const buffer = new DetailBuffer();
        let waiting = [0, 0, 0, 0];
        const takeAll = (): void => {
          const { lines, dropped } = buffer.take();
          expect(lines.length + dropped).toBe(waiting.reduce((sum, count) => sum + count, 0));
          waiting = [0, 0, 0, 0];
        };
        for (const one of steps) {
          if ('size' in one) {
            buffer.capture(call('x'.repeat(one.size)), 0, scopes[one.scope]);
            waiting = waiting.map((count, i) => (i === one.scope ? count + 1 : count));
          } else if (one.take === 0) {
            takeAll();
          } else {
            const { lines, dropped } = buffer.take(scopes[one.take]);
            expect(lines.length + dropped).toBe(waiting[one.take]);
            waiting[one.take] = 0;
          }
        }
        takeAll();
      }),
    );
  });
});
