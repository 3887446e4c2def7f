import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isError } from './caller-value.ts';
import { DetailBuffer } from './detail-buffer.ts';
import type { LogCall } from './log-line.ts';
import { createLogger } from './logger.ts';

const RUNS = 505;
const CALLS_A_RUN = 200;
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'critical'] as const;

function refuse(): never {
  throw new Error('refused');
}

/** Objects that are out to break who reads them. */
const hostile = fc.constantFrom<() => unknown>(
  () => {
    const { proxy, revoke } = Proxy.revocable({ a: 1 }, {});
    revoke();
    return proxy;
  },
  () => new Proxy({ a: 1 }, { ownKeys: refuse, get: refuse }),
  () => new Proxy(new Error('e'), { get: refuse, getPrototypeOf: refuse }),
  () => new Proxy({ a: 1 }, { get: refuse }),
  () => Object.defineProperty({ b: 1 }, 'a', { enumerable: true, get: refuse }),
  () => Object.defineProperty(new Error('e'), 'message', { get: refuse }),
  () => Object.defineProperty(new Error('e'), 'extra', { enumerable: true, get: refuse }),
  () => ({ toJSON: refuse, toString: refuse, valueOf: refuse }),
  () => ({ toJSON: () => 'text', a: 1 }),
  () => ({ [Symbol.toPrimitive]: refuse }),
  () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular.self = circular;
    return circular;
  },
  () => {
    const error = new Error('loop');
    error.cause = error;
    return error;
  },
  () => new AggregateError([new Error('a'), refuse], 'many'),
  () => new DOMException('aborted', 'AbortError'),
  () => JSON.parse('{"__proto__":{"a":1},"constructor":1,"message":{"b":2},"err":null}') as unknown,
  () => '%s %d %i %f %j %o %O %% %',
  () => '%'.repeat(5000),
  () =>
    new Map<unknown, unknown>([
      [{}, 1],
      [Symbol('s'), 2],
      ['a', refuse],
    ]),
  () => Promise.reject(new Error('unhandled')).catch(() => undefined),
  () => refuse,
  () => Symbol('s'),
  () => 10n,
  () => Number.NaN,
  () => new Date(Number.NaN),
  () => new Uint8Array(100),
  () => new Set([1]),
  () => Object.create(null) as unknown,
);

const value = fc.oneof(
  { weight: 1, arbitrary: hostile },
  {
    weight: 2,
    arbitrary: fc
      .anything({
        maxDepth: 2,
        maxKeys: 4,
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withObjectString: true,
        withBoxedValues: true,
      })
      .map((made) => (): unknown => made),
  },
);

function isWellFormed({ level, message, fields, error, keys }: LogCall): boolean {
  return (
    ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].includes(level) &&
    typeof message === 'string' &&
    (fields === undefined || (typeof fields === 'object' && fields !== null && !Array.isArray(fields))) &&
    !isError(fields) &&
    (error === undefined || isError(error)) &&
    (keys === undefined ||
      (typeof keys === 'object' && !Array.isArray(keys) && Object.keys(keys).length <= 200))
  );
}

test('whatever is logged, nothing throws, each call gives one well-formed line and the detail stays within bounds', () => {
  let calls = 0;
  fc.assert(
    fc.property(fc.array(value, { minLength: 5, maxLength: 30 }), fc.nat(), (makers, seed) => {
      const pool = makers.map((make) => make());
      let taken: LogCall | undefined;
      const detail = new DetailBuffer();
      const log = createLogger('TRACE', (call) => {
        taken = call;
        detail.capture(call, 0, call);
      });
      let next = seed;
      const pick = (): unknown => {
        next = (Math.imul(next, 1_103_515_245) + 12_345) >>> 1;
        return pool[next % pool.length];
      };
      const prefixed = log.child(pick() as Record<string, unknown>, {
        msgPrefix: pick() as string,
        level: 'trace',
      });
      for (let i = 0; i < CALLS_A_RUN; i++) {
        taken = undefined;
        const method = METHODS[i % METHODS.length] ?? 'info';
        const more = Array.from({ length: i % 5 }, pick);
        (i % 3 === 0 ? prefixed : log)[method](pick(), ...(more as [string]));
        if (taken === undefined || !isWellFormed(taken)) expect.fail(`broken call: ${String(method)} ${i}`);
        calls += 1;
      }
      log.appendKeys(pick() as Record<string, unknown>);
      log.setCorrelationId(pick());
      log.removeKeys(pick() as string[]);
      log.level = pick() as string;
      expect(detail.take().lines.length).toBeLessThanOrEqual(1024);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(calls).toBeGreaterThanOrEqual(100_000);
});
