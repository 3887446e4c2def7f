import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LogBody, MAX_LINE_BYTES } from '../wire/record.ts';
import { createLogLine, type LogCall } from './log-line.ts';

const CONTEXT = ',"service":{"name":"orders"}';
const HEAD = '{"level":"ERROR","timestamp":"2026-11-22T10:00:00.000Z"';
const logLine = createLogLine();

function call(given: Partial<LogCall>): LogCall {
  return { level: 'ERROR', message: 'm', fields: undefined, error: undefined, ...given };
}

function body(given: Partial<LogCall>): LogBody {
  return JSON.parse(HEAD + logLine(call(given), CONTEXT)) as LogBody;
}

describe('log line', () => {
  test('context, fields, error and message in their places', () => {
    const error = new Error('no stock', { cause: new TypeError('null') });
    expect(body({ message: 'failed', fields: { sku: 'a-1' }, error })).toMatchObject({
      service: { name: 'orders' },
      fields: { sku: 'a-1' },
      error: {
        type: 'Error',
        message: 'no stock',
        stack_trace: expect.stringContaining('log-line.test.ts'),
        cause: { type: 'TypeError', message: 'null' },
      },
      message: 'failed',
    });
  });

  test('fields that look like ours stay under fields', () => {
    const hostile: unknown = JSON.parse(
      '{"trailgate":{"v":1},"level":"FATAL","__proto__":{"x":1},"message":"no"}',
    );
    const read = body({ fields: hostile });
    expect(Object.keys(read)).toEqual(['level', 'timestamp', 'service', 'fields', 'message']);
    expect(JSON.stringify(read.fields)).toBe(JSON.stringify(hostile));
    expect(read.message).toBe('m');
  });

  test('secrets are gone from message, fields and error', () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    const text = logLine(
      call({ message: secret, fields: { a: secret, password: 'hunter2' }, error: new Error(secret) }),
      CONTEXT,
    );
    expect(text).not.toContain(secret);
    expect(text).not.toContain('hunter2');
  });

  test('whatever is logged, the line is one line of valid JSON below the limit', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const long = fc
      .tuple(fc.constantFrom('x', '\u0000', '"', '\n', '€', '\ud800', '😀'), fc.nat(200_000))
      .map(([unit, count]) => unit.repeat(count));
    const value = fc.oneof(
      text,
      long,
      fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }),
    );
    const fields = fc.option(fc.dictionary(fc.oneof(text, fc.constant('__proto__')), value), {
      nil: undefined,
    });
    const error = fc.option(
      fc.tuple(value, value).map(([message, cause]) => Object.assign(new Error('e', { cause }), { message })),
      { nil: undefined },
    );
    fc.assert(
      fc.property(value, fields, error, (message, given, thrown) => {
        const tail = logLine(call({ message, fields: given, error: thrown }), CONTEXT);
        expect(tail.endsWith('}\n')).toBe(true);
        expect(tail.indexOf('\n')).toBe(tail.length - 1);
        expect(Buffer.byteLength(HEAD + tail)).toBeLessThan(MAX_LINE_BYTES);
        expect(Object.keys(JSON.parse(HEAD + tail) as object).slice(0, 3)).toEqual([
          'level',
          'timestamp',
          'service',
        ]);
      }),
    );
  });

  test('a line that is too long says that it was cut', () => {
    const read = body({ message: '\u0000'.repeat(50_000), fields: { blob: '\u0001'.repeat(50_000), b: 1 } });
    expect(read.message).toMatch(/truncated\]$/);
    expect(JSON.stringify(read.fields)).toContain('truncated');
  });
});
