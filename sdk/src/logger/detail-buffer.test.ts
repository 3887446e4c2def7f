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
    buffer.capture(call('b'), 2);
    expect(buffer.take().lines.map(({ at, call: { message } }) => [at, message])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(buffer.take()).toEqual({ lines: [], dropped: 0 });
  });

  test('members are those of the time of the call', () => {
    const buffer = new DetailBuffer();
    const fields = { step: 1 };
    buffer.capture(call('a', fields), 1);
    fields.step = 2;
    expect(buffer.take().lines[0]?.call.fields).toEqual({ step: 1 });
  });

  test('a full buffer lets the oldest lines go and counts them', () => {
    const buffer = new DetailBuffer();
    for (let i = 0; i < 100; i++) buffer.capture(call(`${i}`, { text: 'x'.repeat(4096) }), i);
    const { lines, dropped } = buffer.take();
    expect(lines.length + dropped).toBe(100);
    expect(lines.length).toBeLessThan(20);
    expect(lines.at(-1)?.call.message).toBe('99');
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
});
