import { type Logger as Pino, stdSerializers } from 'pino';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { LogCall } from '../logger/log-line.ts';
import { createLogger, type Logger } from '../logger/logger.ts';
import { NO_SCOPE } from '../logger/logger-scope.ts';
import { pinoLogger } from './index.ts';

function bench(): { readonly log: Logger; readonly calls: LogCall[]; readonly flushes: () => number } {
  const calls: LogCall[] = [];
  let flushed = 0;
  const flush = (): void => {
    flushed += 1;
  };
  const scope = { ...NO_SCOPE, flush };
  return { log: createLogger('DEBUG', (call) => calls.push(call), scope), calls, flushes: () => flushed };
}

describe('pino logger', () => {
  test('is pino’s own type, and its lines are our calls', () => {
    const { log, calls } = bench();
    const logger = pinoLogger(log);
    expectTypeOf(logger).toExtend<Pino>();
    logger.info({ id: 7, level: 'gold' }, 'paid %d %s', 5, 'EUR');
    logger.warn('odd 50%s');
    expect(calls).toMatchObject([
      { level: 'INFO', message: 'paid 5 EUR', fields: { id: 7, level: 'gold' }, error: undefined },
      { level: 'WARN', message: 'odd 50%s' },
    ]);
    expect(Object.keys((calls[0]?.fields ?? {}) as object)).toEqual(['id', 'level']);
  });

  test('children have bindings, serializers, prefix and level of their own', () => {
    const { log, calls } = bench();
    const child = pinoLogger(log, { name: 'pay' }).child(
      { req: { id: 'r-1', socket: 'x' } },
      { serializers: { req: (req: { id: string }) => ({ id: req.id }) }, msgPrefix: '[p] ', level: 'warn' },
    );
    child.info('not taken');
    child.error({ req: { id: 'r-2', socket: 'y' } }, 'failed');
    expect(calls.length).toBe(1);
    expect(calls[0]).toMatchObject({
      level: 'ERROR',
      message: '[p] failed',
      fields: { name: 'pay', req: { id: 'r-2' } },
    });
  });

  test('an error becomes the record’s error, with what it carries as fields', () => {
    const { log, calls } = bench();
    const error = Object.assign(new TypeError('gone 5%s'), { code: 'E1' });
    pinoLogger(log).error(error);
    pinoLogger(log).error({ err: error, id: 7 }, 'failed');
    expect(calls).toMatchObject([
      { message: 'gone 5%s', fields: { error_details: { code: 'E1' } } },
      { message: 'failed', fields: { id: 7, error_details: { code: 'E1' } } },
    ]);
    expect(calls[1]?.error).toMatchObject({ name: 'TypeError', message: 'gone 5%s', stack: error.stack });
  });

  test('a serializer for errors that makes something else leaves a field', () => {
    const { log, calls } = bench();
    pinoLogger(log, { serializers: { err: () => 'hidden' } }).error(new Error('secret'), 'failed');
    expect(calls).toMatchObject([{ message: 'failed', fields: { err: 'hidden' }, error: undefined }]);
  });

  test('redaction, mixins, serializers of HTTP and other keys are pino’s', () => {
    const { log, calls } = bench();
    const logger = pinoLogger(log, {
      redact: ['card.number'],
      mixin: () => ({ region: 'eu' }),
      serializers: { res: stdSerializers.res },
      messageKey: 'text',
      errorKey: 'problem',
    });
    logger.info({ card: { number: '4111', brand: 'v' }, msg: 'kept' }, 'paid');
    logger.error(new Error('gone'));
    expect(calls).toMatchObject([
      { message: 'paid', fields: { card: { number: '[Redacted]', brand: 'v' }, region: 'eu', msg: 'kept' } },
      { message: 'gone', error: { message: 'gone' } },
    ]);
  });

  test('levels: custom ones by their number, the start from ours', () => {
    const { log, calls } = bench();
    log.level = 'warn';
    const logger = pinoLogger(log, { customLevels: { audit: 45, chat: 5 } });
    expect(logger.level).toBe('warn');
    logger.audit('a');
    logger.chat('not taken');
    expect(calls).toMatchObject([{ level: 'WARN', message: 'a' }]);
  });

  test('what cannot be serialised or printed does not reach the caller', () => {
    const { log, calls } = bench();
    const circular: Record<string, unknown> = { a: 1 };
    circular.self = circular;
    const logger = pinoLogger(log);
    logger.info(circular, 'loop');
    logger.info(
      {
        get broken(): string {
          throw new Error('no');
        },
      },
      'm',
    );
    pinoLogger(log, { hooks: { streamWrite: () => 'not JSON\n' } }).info('m');
    expect(calls).toMatchObject([
      { level: 'INFO', message: 'loop' },
      { level: 'WARN', message: 'a pino line could not be made', fields: { reason: 'no' } },
      { level: 'INFO', message: 'not JSON' },
    ]);
  });

  test('flushing is ours, and so is what happens after a fatal line', () => {
    const { log, flushes } = bench();
    const logger = pinoLogger(log);
    let done = 0;
    logger.flush(() => {
      done += 1;
    });
    expect([flushes(), done]).toEqual([1, 1]);
    logger.fatal('down');
    expect(flushes()).toBe(2);
  });
});
