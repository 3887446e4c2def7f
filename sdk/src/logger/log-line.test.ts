import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactionRules } from '../redaction/user-rules.ts';
import { writeHead } from '../wire/head.ts';
import { CONTRACT_VERSION, type LogBody, MAX_LINE_BYTES } from '../wire/record.ts';
import { createLogLine, HEAD_BYTES, type LogCall } from './log-line.ts';

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
  test('message, context, fields and error in this order', () => {
    const error = new Error('no stock', { cause: new TypeError('null') });
    const read = body({ message: 'failed', fields: { sku: 'a-1' }, error });
    expect(read).toMatchObject({
      message: 'failed',
      service: { name: 'orders' },
      fields: { sku: 'a-1' },
      error: {
        type: 'Error',
        message: 'no stock',
        stack_trace: expect.stringContaining('log-line.test.ts'),
        cause: { type: 'TypeError', message: 'null' },
      },
    });
    expect(Object.keys(read)).toEqual(['level', 'timestamp', 'message', 'service', 'fields', 'error']);
  });

  test('fields that look like ours stay under fields', () => {
    const hostile: unknown = JSON.parse(
      '{"trailgate":{"v":1},"level":"FATAL","__proto__":{"x":1},"message":"no"}',
    );
    const read = body({ fields: hostile });
    expect(Object.keys(read)).toEqual(['level', 'timestamp', 'message', 'service', 'fields']);
    expect(JSON.stringify(read.fields)).toBe(JSON.stringify(hostile));
    expect(read.message).toBe('m');
  });

  test('persistent keys come first, and a call wins over them', () => {
    const keys = Object.freeze({ region: 'eu-west-1', team: 'a', apiKey: 'k-1' });
    const fieldsOf = (fields: unknown): string => JSON.stringify(body({ keys, fields }).fields);
    expect(fieldsOf({ sku: 1 })).toBe('{"region":"eu-west-1","team":"a","apiKey":"[redacted]","sku":1}');
    expect(fieldsOf({ team: 'b', sku: 1 })).toBe(
      '{"region":"eu-west-1","apiKey":"[redacted]","team":"b","sku":1}',
    );
    expect(fieldsOf(new Map([['team', 'c']]))).toBe(
      '{"region":"eu-west-1","team":"c","apiKey":"[redacted]"}',
    );
    expect(fieldsOf(undefined)).toBe('{"region":"eu-west-1","team":"a","apiKey":"[redacted]"}');
    expect(fieldsOf([7])).toBe('{"region":"eu-west-1","team":"a","apiKey":"[redacted]","value":[7]}');
  });

  test('persistent keys are read once for all lines that they are on', () => {
    let reads = 0;
    const other = { b: 1 };
    const keys = {
      get a() {
        reads += 1;
        return 'x';
      },
    };
    for (const bound of [keys, keys, other, keys]) logLine(call({ keys: bound, fields: { n: 1 } }), CONTEXT);
    expect(reads).toBe(1);
  });

  test('fields that are no object have a name, and no fields leave none', () => {
    expect(body({ fields: 5 }).fields).toEqual({ value: 5 });
    expect(Object.keys(body({ keys: {} }))).not.toContain('fields');
  });

  test.each([
    [undefined, ''],
    [null, 'null'],
    [{ a: 1, password: 'x' }, '{"a":1,"password":"[redacted]"}'],
    [7n, '7'],
    [Symbol('s'), 'Symbol(s)'],
  ])('%o as a message is %j', (message, text) => {
    expect(body({ message }).message).toBe(text);
  });

  test('secrets are gone from message, keys, fields and error, by the rules that were given', () => {
    const line = createLogLine(
      redactionRules({ patterns: [{ name: 'customer', pattern: /CUS-\d{6}/ }], names: ['iban_ref'] }),
    );
    const secret = 'AKIAIOSFODNN7EXAMPLE of CUS-123456';
    const tail = line(
      call({
        message: secret,
        fields: { a: secret, password: 'hunter2', IbanRef: 'hunter2' },
        keys: { b: secret },
        error: new Error(secret, { cause: secret }),
      }),
      CONTEXT,
    );
    expect(tail).not.toMatch(/AKIA|CUS-\d|hunter2/);
    expect(tail).toContain('[redacted:customer]');
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
    const names = fc.oneof(text, fc.constantFrom('__proto__', 'a', 'a@x.example', 'b@x.example'));
    const fields = fc.option(fc.oneof(fc.dictionary(names, value), value), { nil: undefined });
    const error = fc.option(
      fc.tuple(value, value).map(([message, cause]) => Object.assign(new Error('e', { cause }), { message })),
      { nil: undefined },
    );
    const keys = fc.option(fc.dictionary(names, value), { nil: undefined });
    const context = fc.constantFrom(CONTEXT, '', `,"service":{"name":"${'€'.repeat(20_000)}"}`);
    fc.assert(
      fc.property(value, fields, error, keys, context, (message, given, thrown, bound, around) => {
        const tail = logLine(call({ message, fields: given, error: thrown, keys: bound }), around);
        expect(tail.endsWith('}\n')).toBe(true);
        expect(tail.indexOf('\n')).toBe(tail.length - 1);
        expect(Buffer.byteLength(HEAD + tail)).toBeLessThan(MAX_LINE_BYTES);
        expect(Buffer.from(tail, 'utf8').toString('utf8')).toBe(tail);
        const read = JSON.parse(HEAD + tail) as object;
        expect(Object.keys(read).slice(0, 3)).toEqual(['level', 'timestamp', 'message']);
        // A name that came twice would be lost in reading.
        expect(JSON.stringify(read)).toHaveLength((HEAD + tail).length - 1);
      }),
      { numRuns: 300 },
    );
  });

  test('a line that is too long says that it was cut', () => {
    const read = body({ message: '\u0000'.repeat(50_000), fields: { blob: '\u0001'.repeat(50_000), b: 1 } });
    expect(read.message).toMatch(/truncated\]$/);
    expect(read.fields).toEqual({ blob: expect.stringMatching(/truncated\]$/), b: 1 });
  });

  test('the room for the head is enough for the longest one', () => {
    const longest = writeHead({
      version: CONTRACT_VERSION,
      channel: 'business',
      kind: 'request',
      instance: '0'.repeat(16),
      seq: Number.MAX_SAFE_INTEGER,
      weight: 999_999_998.123_456,
      level: 'ERROR',
      timestamp: '0'.repeat(24),
    });
    expect(longest.length).toBeLessThanOrEqual(HEAD_BYTES);
    expect(longest.length).toBeGreaterThan(HEAD_BYTES - 10);
  });
});
