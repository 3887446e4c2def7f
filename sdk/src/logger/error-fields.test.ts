import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorFields } from '../wire/record.ts';
import { errorFields } from './error-fields.ts';

const BOUND = 16_384;

describe('error fields', () => {
  test('causes are told three deep', () => {
    const deep = [1, 2, 3, 4, 5].reduce<Error | undefined>(
      (cause, n) => new Error(`${n}`, cause === undefined ? {} : { cause }),
      undefined,
    );
    expect(errorFields(deep, BOUND)).toMatchObject({
      message: '5',
      cause: { message: '4', cause: { message: '3', cause: { message: '2' } } },
    });
    expect(JSON.stringify(errorFields(deep, BOUND))).not.toContain('"message":"1"');
  });

  test('a cause that leads back ends there', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    const { cause } = errorFields(error, BOUND);
    expect(cause?.message).toBe('b');
    expect(cause?.cause).toBeUndefined();
  });

  test('members of an aggregate are told, ten of them', () => {
    const many = Array.from({ length: 25 }, (_, i) => new TypeError(`${i}`));
    const { type, errors } = errorFields(new AggregateError([...many], 'all failed'), BOUND);
    expect(type).toBe('AggregateError');
    expect(errors?.map(({ message }) => message)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `${i}`),
      '15 more errors',
    ]);
  });

  test('a tree of aggregates does not grow with its leaves', () => {
    const grow = (depth: number): Error =>
      depth === 0
        ? new Error('leaf')
        : new AggregateError(
            Array.from({ length: 30 }, () => grow(depth - 1)),
            'm',
          );
    expect(JSON.stringify(errorFields(grow(3), BOUND)).length).toBeLessThan(BOUND * 1.25);
  });

  test('an aggregate of itself ends', () => {
    const loop = new AggregateError([], 'loop');
    loop.errors.push(loop, new Error('other'));
    expect(errorFields(loop, BOUND).errors).toMatchObject([{ message: 'other' }]);
  });

  test('a DOM exception has the name that code looks for', () => {
    expect(errorFields(new DOMException('stopped', 'AbortError'), BOUND)).toMatchObject({
      type: 'AbortError',
      message: 'stopped',
    });
  });

  test.each<[unknown, ErrorFields]>([
    ['text', { type: 'string', message: 'text' }],
    [undefined, { type: 'undefined', message: 'undefined' }],
    [null, { type: 'null', message: 'null' }],
    [Symbol('s'), { type: 'symbol', message: 'Symbol(s)' }],
    [
      { statusCode: 404, password: 'hunter2' },
      { type: 'object', message: '{"statusCode":404,"password":"[redacted]"}' },
    ],
    [
      { name: 'Refused', message: 'no' },
      { type: 'Refused', message: 'no' },
    ],
  ])('%o that was thrown', (thrown, expected) => {
    expect(errorFields(thrown, BOUND)).toEqual(expected);
  });

  test('getters that throw are said to be unreadable', () => {
    const hostile = new Error('m');
    for (const name of ['name', 'message', 'stack', 'cause', 'errors']) {
      Object.defineProperty(hostile, name, {
        get() {
          throw new Error('no');
        },
      });
    }
    expect(errorFields(hostile, BOUND)).toMatchObject({ type: '[unreadable]', message: '[unreadable]' });
  });

  test('however long and wide, it stays within its bound', () => {
    const text = fc.integer({ min: 0, max: 50_000 }).map((length) => 'x'.repeat(length));
    const { error } = fc.letrec<{ error: Error }>((tie) => ({
      error: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'error' },
        text.map((message) => new Error(message)),
        fc
          .tuple(text, fc.array(tie('error'), { maxLength: 15 }), tie('error'))
          .map(([message, errors, cause]) => new AggregateError(errors, message, { cause })),
      ),
    }));
    fc.assert(
      fc.property(error, (thrown) => {
        // The markers of cuts, and the line breaks of stacks as JSON, come on top.
        expect(JSON.stringify(errorFields(thrown, BOUND)).length).toBeLessThan(BOUND * 1.25);
      }),
      { numRuns: 50 },
    );
  });
});
