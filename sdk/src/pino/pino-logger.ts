/** Gives libraries that want pino's own logger a real one whose lines become Trailgate's records. */
import { type LoggerOptions, type Logger as Pino, pino } from 'pino';
import type { Logger } from '../logger/logger.ts';
import { RecordStream } from './record-stream.ts';

/** pino's options without those about where lines go and how they are stamped: the record has time and level of its own. */
export type PinoOptions<Levels extends string = never> = Omit<
  LoggerOptions<Levels>,
  'transport' | 'timestamp' | 'crlf' | 'browser'
>;

/**
 * A pino logger on top of `log`: bindings, serializers, redaction, formatters, mixins, prefixes and custom levels are
 * pino's own work; sampling, detail, correlation and redaction of secrets are those of `log`.
 * Its level is that of `log` at this moment unless `options.level` says otherwise.
 * @throws what pino throws on options that are wrong
 */
export function pinoLogger<Levels extends string = never>(
  log: Logger,
  options: PinoOptions<Levels> = {} as PinoOptions<Levels>,
): Pino<Levels> {
  const stream = new RecordStream(log, {
    messageKey: options.messageKey ?? 'msg',
    errorKey: options.errorKey ?? 'err',
  });
  const given: LoggerOptions<Levels> = {
    base: {},
    level: log.level,
    ...options,
    timestamp: false,
    formatters: { ...options.formatters, level: (_label, number) => ({ [RecordStream.levelKey]: number }) },
    hooks: { ...options.hooks, logMethod: guarded(log, options.hooks?.logMethod) },
  };
  return pino<Levels>(given, stream);
}

type LogMethodHook = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/** pino lets getters and serializers that throw fail the caller. */
function guarded(log: Logger, hook: LogMethodHook | undefined): LogMethodHook {
  return function logMethod(args, method, level) {
    try {
      if (hook === undefined) method.apply(this, args);
      else hook.call(this, args, method, level);
    } catch (error) {
      log.warn('a pino line could not be made', {
        reason: error instanceof Error ? error.message : 'unknown',
      });
    }
  };
}
