import { describe, expect, test } from 'vitest';
import { errorDetails } from './error-details.ts';

describe('error details', () => {
  test('codes, statuses and metadata, also of the cause', () => {
    const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET', errno: -104 });
    const error = Object.assign(new Error('outer', { cause }), {
      $metadata: { httpStatusCode: 503, requestId: 'r-1', attempts: 3 },
      $fault: 'server',
      retryable: true,
    });
    expect(errorDetails(error)).toEqual({
      $metadata: { httpStatusCode: 503, requestId: 'r-1', attempts: 3 },
      $fault: 'server',
      retryable: true,
      cause: { code: 'ECONNRESET', errno: -104 },
    });
  });

  test('what an HTTP client hangs on its error stays out, but for plain values', () => {
    class Socket {
      readonly host = 'a.example';
    }
    const error = Object.assign(new Error('m'), {
      request: new Socket(),
      config: { url: '/a', headers: { authorization: 'x' }, socket: new Socket() },
      retry: () => undefined,
    });
    expect(errorDetails(error)).toEqual({ config: { url: '/a' } });
  });

  test('none of a plain error, of what is no error, and of one that refuses', () => {
    const hostile = Object.defineProperty(new Error('m'), 'code', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    expect([new Error('m'), { code: 1 }, 'text', hostile].map((one) => errorDetails(one))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('twenty members, and texts that are cut', () => {
    const wide = Object.assign(
      new Error('m'),
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, 'x'.repeat(5000)])),
    );
    const details = errorDetails(wide) ?? {};
    expect(Object.keys(details).length).toBe(20);
    expect(details.k0).toBe('x'.repeat(1024));
  });

  test('causes that lead back end', () => {
    const error = Object.assign(new Error('m'), { code: 'E' });
    error.cause = error;
    expect(JSON.stringify(errorDetails(error))).toBe(
      '{"code":"E","cause":{"code":"E","cause":{"code":"E","cause":{"code":"E"}}}}',
    );
  });
});
