import type { Logger as Powertools } from '@aws-lambda-powertools/logger';
import type { BaseLogger, Bindings, ChildLoggerOptions } from 'pino';
import { expect, expectTypeOf, test } from 'vitest';
import { createLogger, type Logger } from './logger.ts';

/** Fastify's own type of its option `loggerInstance` (fastify, types/logger.d.ts). */
interface FastifyBaseLogger
  extends Pick<BaseLogger, 'level' | 'info' | 'error' | 'debug' | 'fatal' | 'warn' | 'trace' | 'silent'> {
  child(bindings: Bindings, options?: ChildLoggerOptions): FastifyBaseLogger;
}

type PowertoolsCalls = Pick<
  Powertools,
  | 'trace'
  | 'debug'
  | 'info'
  | 'warn'
  | 'error'
  | 'critical'
  | 'appendKeys'
  | 'appendPersistentKeys'
  | 'removeKeys'
  | 'removePersistentKeys'
  | 'removePersistentLogAttributes'
  | 'setPersistentLogAttributes'
  | 'getPersistentLogAttributes'
  | 'resetKeys'
  | 'flushBuffer'
  | 'clearBuffer'
  | 'setLogLevel'
  | 'getCorrelationId'
  | 'setCorrelationId'
>;

test('is what pino, Fastify and Powertools call a logger', () => {
  expectTypeOf<Logger>().toExtend<BaseLogger>();
  expectTypeOf<Logger>().toExtend<FastifyBaseLogger>();
  expectTypeOf<Logger>().toExtend<PowertoolsCalls>();
  expectTypeOf<ReturnType<Logger['createChild']>>().toExtend<PowertoolsCalls>();
  expectTypeOf<Parameters<Powertools['createChild']>>().toExtend<Parameters<Logger['createChild']>>();
});

test('takes the calls of both, as their types allow them', () => {
  const messages: unknown[] = [];
  const log = createLogger('TRACE', ({ message }) => messages.push(message));
  const caught: unknown = new Error('caught');
  log.info('a', { b: 1 });
  log.info('a', { b: 1 }, new Error('e'));
  log.info('a %s %d', 'b', 1);
  log.info({ b: 1 }, 'a');
  log.info({ message: 'a', b: 1 });
  log.info('a', 'b');
  log.error(caught);
  log.error('a', caught);
  log.error({ err: caught }, 'a %s', 'b');
  const fastify: FastifyBaseLogger = log;
  fastify.child({ reqId: 'r-1' }, { level: 'warn' }).info('not taken');
  fastify.child({ reqId: 'r-1' }).info({ a: 1 }, 'a');
  expect(messages).toEqual(['a', 'a', 'a b 1', 'a', 'a', 'a', 'caught', 'a', 'a b', 'a']);
});
