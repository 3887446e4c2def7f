import { describe, expect, test } from 'vitest';
import type { LogCall } from './log-line.ts';
import { createLogger } from './logger.ts';

function taken(log: (logger: ReturnType<typeof createLogger>) => void): LogCall[] {
  const calls: LogCall[] = [];
  log(createLogger('DEBUG', (call) => calls.push(call)));
  return calls;
}

describe('logger', () => {
  test('an error is found as the argument, in its place or among the fields', () => {
    const error = new Error('gone');
    expect(
      taken((log) => {
        log.error(error);
        log.error(error, 'no order');
        log.error('no order', error);
        log.error('no order', { error, id: 7 });
        log.error('no order', { err: error });
        log.error('no order', { error: 'text' });
      }),
    ).toEqual([
      { level: 'ERROR', message: 'gone', fields: undefined, error },
      { level: 'ERROR', message: 'no order', fields: undefined, error },
      { level: 'ERROR', message: 'no order', fields: undefined, error },
      { level: 'ERROR', message: 'no order', fields: { id: 7 }, error },
      { level: 'ERROR', message: 'no order', fields: undefined, error },
      { level: 'ERROR', message: 'no order', fields: { error: 'text' }, error: undefined },
    ]);
  });

  test('levels below the floor take nothing', () => {
    const calls = taken((log) => {
      log.trace('a');
      log.debug('b');
      log.fatal('c');
    });
    expect(calls.map(({ level }) => level)).toEqual(['DEBUG', 'FATAL']);
  });

  test('nothing that fails behind it reaches the caller', () => {
    const log = createLogger('INFO', () => {
      throw new Error('no');
    });
    expect(() => log.info('a')).not.toThrow();
  });
});
