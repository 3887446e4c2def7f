import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { LogCall } from './log-line.ts';
import { readCall } from './read-call.ts';

function read(first: unknown, ...more: readonly unknown[]): Pick<LogCall, 'message' | 'fields' | 'error'> {
  const { message, fields, error } = readCall(
    { level: 'INFO', prefix: undefined, keys: undefined },
    first,
    more,
  );
  return { message, fields, error };
}

const error = new Error('gone');

describe('message first', () => {
  test.each<[string, unknown[], object]>([
    ['alone', ['paid'], { message: 'paid' }],
    ['with fields', ['paid', { id: 7 }], { message: 'paid', fields: { id: 7 } }],
    ['with an error', ['failed', error], { message: 'failed', error }],
    ['with both', ['failed', { id: 7 }, error], { message: 'failed', fields: { id: 7 }, error }],
    [
      'with both, turned round',
      ['failed', error, { id: 7 }],
      { message: 'failed', fields: { id: 7 }, error },
    ],
    [
      'with an error as `error`',
      ['failed', { error, id: 7 }],
      { message: 'failed', fields: { id: 7 }, error },
    ],
    ['with an error as `err` alone', ['failed', { err: error }], { message: 'failed', error }],
    ['with a text as `error`', ['failed', { error: 'no' }], { message: 'failed', fields: { error: 'no' } }],
    [
      'with several objects, later ones winning',
      ['m', { a: 1, b: 1 }, { b: 2 }],
      { message: 'm', fields: { a: 1, b: 2 } },
    ],
    ['with a further text', ['m', 'more'], { message: 'm', fields: { extra: 'more' } }],
    ['with a list', ['m', [1, 2]], { message: 'm', fields: { extra: [1, 2] } }],
    [
      'with values and fields',
      ['m', 5, { a: 1 }, true],
      { message: 'm', fields: { a: 1, extra: [5, true] } },
    ],
    ['with nothing', ['m', undefined, null], { message: 'm' }],
  ])('%s', (_, given, expected) => {
    expect(read(given[0], ...given.slice(1))).toEqual({ fields: undefined, error: undefined, ...expected });
  });
});

describe('object first', () => {
  test.each<[string, unknown[], object]>([
    ['with a message', [{ id: 7 }, 'paid'], { message: 'paid', fields: { id: 7 } }],
    ['with the message as a member', [{ message: 'paid', id: 7 }], { message: 'paid', fields: { id: 7 } }],
    ['with the message as pino names it', [{ msg: 'paid' }], { message: 'paid' }],
    ['with a message twice', [{ message: 'a' }, 'b'], { message: 'b', fields: { message: 'a' } }],
    ['without a message', [{ id: 7 }], { message: '', fields: { id: 7 } }],
    ['an error', [error], { message: 'gone', error }],
    ['an error with a message', [error, 'failed'], { message: 'failed', error }],
    ['an error with fields', [error, { id: 7 }], { message: 'gone', fields: { id: 7 }, error }],
    ['an error among the fields', [{ err: error, id: 7 }], { message: 'gone', fields: { id: 7 }, error }],
    [
      'a message with placeholders',
      [{ id: 7 }, 'paid %d %s', 5, 'EUR'],
      { message: 'paid 5 EUR', fields: { id: 7 } },
    ],
    [
      'placeholders that nothing is left for',
      [{ id: 7 }, '%o of %o', 5],
      { message: '5 of %o', fields: { id: 7 } },
    ],
    ['nothing', [undefined, 'paid'], { message: 'paid' }],
    ['nothing at all', [undefined], { message: 'undefined' }],
    ['a number', [42], { message: '42' }],
  ])('%s', (_, given, expected) => {
    expect(read(given[0], ...given.slice(1))).toEqual({ fields: undefined, error: undefined, ...expected });
  });
});

describe('placeholders', () => {
  test('take what stands next and leave the fields', () => {
    expect(read('%s bought %d of %j', 'ann', 3, { sku: 'a' }, { id: 7 })).toEqual({
      message: 'ann bought 3 of {"sku":"a"}',
      fields: { id: 7 },
      error: undefined,
    });
  });

  test('an object is not spent on a text placeholder', () => {
    expect(read('%s', { id: 7 })).toEqual({ message: '%s', fields: { id: 7 }, error: undefined });
  });

  test('an error that is printed is the record’s error too', () => {
    expect(read('failed: %s', error)).toEqual({ message: 'failed: Error: gone', fields: undefined, error });
  });

  test('a message without arguments is left as it is', () => {
    expect(read('100%% of %d')).toMatchObject({ message: '100%% of %d' });
  });

  test('a secret does not get into the message by way of JSON', () => {
    expect(read('%j', { password: 'hunter2' }).message).not.toContain('hunter2');
  });
});

describe('values of other kinds', () => {
  test('a map and an object of a class are fields; what gives its own JSON is what it gives', () => {
    class Order {
      readonly id = 7;
    }
    expect(read('m', new Map([['id', 7]])).fields).toEqual({ id: 7 });
    expect(read('m', new Order()).fields).toEqual({ id: 7 });
    expect(read('m', { secret: 1, toJSON: () => ({ id: 7 }) }).fields).toEqual({ id: 7 });
    expect(read('m', new Date(0)).fields).toEqual({ extra: '1970-01-01T00:00:00.000Z' });
    expect(read('m', new URL('https://a.example/b')).fields).toEqual({ extra: 'https://a.example/b' });
  });

  test('an error of another realm is an error', () => {
    const foreign: unknown = runInContext('new TypeError("elsewhere")', createContext());
    expect(foreign).not.toBeInstanceOf(Error);
    expect(read(foreign)).toEqual({ message: 'elsewhere', fields: undefined, error: foreign });
  });

  test('further errors and what an error carries are fields', () => {
    const aws = Object.assign(new Error('throttled'), { code: 'E', $metadata: { httpStatusCode: 400 } });
    expect(read('m', aws, error)).toEqual({
      message: 'm',
      error: aws,
      fields: { error_details: { code: 'E', $metadata: { httpStatusCode: 400 } }, other_errors: [error] },
    });
  });

  test('a getter that throws costs its own member', () => {
    const hostile = {
      id: 7,
      get error(): Error {
        throw new Error('no');
      },
    };
    expect(read('m', hostile).fields).toBe(hostile);
    expect(read('m', hostile, { a: 1 }).fields).toEqual({ id: 7, error: '[unreadable]', a: 1 });
  });

  test('an object that refuses everything leaves the message', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(read('m', proxy)).toEqual({ message: 'm', fields: undefined, error: undefined });
    expect(read(proxy, 'm')).toMatchObject({ fields: undefined, error: undefined });
  });

  test('a prefix stands before each message', () => {
    const prefixed = readCall({ level: 'INFO', prefix: '[pay] ', keys: undefined }, 'sent %s', ['x']);
    expect(prefixed.message).toBe('[pay] sent x');
  });
});
