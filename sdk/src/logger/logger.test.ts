import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Floor } from './level.ts';
import type { LogCall } from './log-line.ts';
import { createLogger, type Logger } from './logger.ts';
import type { LoggerScope } from './logger-scope.ts';

interface Store {
  keys: Readonly<Record<string, unknown>> | undefined;
  id: string;
  readonly done: string[];
}

/** A logger whose calls are read back, and invocations to call it in. */
function bench(floor: Floor = 'DEBUG') {
  const calls: LogCall[] = [];
  const als = new AsyncLocalStorage<Store>();
  const scope: LoggerScope = {
    keys: () => als.getStore()?.keys,
    setKeys(keys) {
      const store = als.getStore();
      if (store !== undefined) store.keys = keys;
    },
    flush: () => als.getStore()?.done.push('flush'),
    clearDetail: () => als.getStore()?.done.push('clear'),
    releaseDetail: () => als.getStore()?.done.push('release'),
    correlationId: () => als.getStore()?.id,
    setCorrelationId(id) {
      const store = als.getStore();
      if (store !== undefined) store.id = id;
    },
  };
  const log = createLogger(floor, (call) => calls.push(call), scope);
  const invoke = <T>(work: (store: Store) => T): T => {
    const store: Store = { keys: undefined, id: 'c-1', done: [] };
    return als.run(store, () => work(store));
  };
  return { log, calls, invoke };
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

function taken(log: Logger, calls: LogCall[]): string[] {
  calls.length = 0;
  for (const level of LEVELS) log[level]('m');
  return calls.map(({ level }) => level.toLowerCase());
}

describe('levels', () => {
  test('levels below take nothing; the setter changes which', () => {
    const { log, calls } = bench('INFO');
    expect(taken(log, calls)).toEqual(['info', 'warn', 'error', 'fatal']);
    log.level = 'trace';
    expect(taken(log, calls)).toEqual([...LEVELS]);
    log.setLogLevel('CRITICAL');
    expect(taken(log, calls)).toEqual(['fatal']);
    log.level = 'silent';
    expect(taken(log, calls)).toEqual([]);
    expect([log.level, log.getLevelName()]).toEqual(['silent', 'SILENT']);
  });

  test('a level that is off is the same empty function for all', () => {
    const { log } = bench('ERROR');
    expect(log.info).toBe(log.silent);
    expect(log.child({ a: 1 }).info).toBe(log.silent);
  });

  test('critical is fatal', () => {
    const { log, calls } = bench();
    log.critical('m');
    expect(calls.map(({ level }) => level)).toEqual(['FATAL']);
  });

  test('is enabled as the methods are', () => {
    const { log } = bench('WARN');
    expect(
      ['info', 'WARN', 'critical', 'silent', 'nonsense'].map((name) => log.isLevelEnabled(name)),
    ).toEqual([false, true, true, false, false]);
  });

  test('a level that means nothing is left aside and said once', () => {
    const { log, calls } = bench('INFO');
    for (const wrong of ['loud', 5, null, {}]) log.level = wrong as string;
    expect(log.level).toBe('info');
    expect(calls).toMatchObject([{ level: 'WARN', message: expect.stringContaining('level ignored') }]);
  });

  test('a method works when taken off the logger', () => {
    const { log, calls } = bench();
    const { info } = log;
    info('m');
    expect(calls).toMatchObject([{ message: 'm' }]);
  });

  test('nothing that fails behind it reaches the caller', () => {
    const log = createLogger('INFO', () => {
      throw new Error('no');
    });
    expect(() => {
      log.info('m');
      log.level = 'loud';
    }).not.toThrow();
  });
});

describe('persistent keys', () => {
  test('go with each line, as one object that stays the same', () => {
    const { log, calls } = bench();
    log.appendPersistentKeys({ a: 1, b: 1 });
    log.setBindings({ b: 2 });
    log.info('m');
    log.info('m');
    expect(calls[0]?.keys).toEqual({ a: 1, b: 2 });
    expect(calls[1]?.keys).toBe(calls[0]?.keys);
    expect([log.bindings(), log.getPersistentLogAttributes()]).toEqual([
      { a: 1, b: 2 },
      { a: 1, b: 2 },
    ]);
  });

  test('can be removed, replaced, and not changed from outside', () => {
    const { log, calls } = bench();
    log.appendPersistentKeys({ a: 1, b: 2, c: 3 });
    log.removePersistentKeys(['a']);
    log.bindings().d = 4;
    log.info('m');
    log.setPersistentLogAttributes({ e: 5 });
    log.info('m');
    log.removePersistentLogAttributes(['e']);
    log.info('m');
    expect(calls.map(({ keys }) => keys)).toEqual([{ b: 2, c: 3 }, { e: 5 }, undefined]);
  });

  test('a hundred are held; more are left out and that is said once', () => {
    const { log, calls } = bench();
    for (let i = 0; i < 1000; i++) log.appendPersistentKeys({ [`k${i}`]: i });
    log.appendPersistentKeys({ k7: 'changed' });
    log.info('m');
    expect(calls).toMatchObject([{ message: expect.stringContaining('keys ignored') }, { message: 'm' }]);
    expect(Object.keys(calls[1]?.keys ?? {}).length).toBe(100);
    expect(calls[1]?.keys).toMatchObject({ k7: 'changed', k99: 99 });
  });
});

describe('children', () => {
  test('have the parent’s keys of then and their own, level and prefix', () => {
    const { log, calls } = bench('INFO');
    log.appendPersistentKeys({ a: 1 });
    const child = log.child({ b: 2 }, { level: 'error', msgPrefix: '[b] ' });
    const grandchild = child.child({ a: 3 }, { msgPrefix: '[c] ' });
    log.appendPersistentKeys({ late: true });
    child.info('no');
    child.error('m');
    grandchild.error('m');
    expect(calls.map(({ message, keys }) => [message, keys])).toEqual([
      ['[b] m', { a: 1, b: 2 }],
      ['[b] [c] m', { a: 3, b: 2 }],
    ]);
    expect(log.info).not.toBe(log.silent);
  });

  test('are made in Powertools’ words too', () => {
    const { log, calls } = bench();
    const child = log.createChild({ logLevel: 'WARN', serviceName: 'pay', persistentKeys: { a: 1 } });
    child.info('no');
    child.warn('m');
    log.createChild({ persistentLogAttributes: { b: 1 } }).debug('m');
    log.createChild().debug('m');
    expect(calls.map(({ keys }) => keys)).toEqual([{ service: 'pay', a: 1 }, { b: 1 }, undefined]);
  });

  test('say once that paths to redact are not taken', () => {
    const { log, calls } = bench();
    log.child({}, { redact: ['a'] }).child({}, { redact: ['b'] });
    expect(calls).toMatchObject([{ level: 'WARN', message: expect.stringContaining('redact') }]);
  });
});

describe('in an invocation', () => {
  test('its keys go with the lines of all loggers and end with it', () => {
    const { log, calls, invoke } = bench();
    const child = log.child({ part: 'pay' });
    invoke(() => {
      log.appendKeys({ order: 7, part: 'invocation' });
      child.appendKeys({ step: 1 });
      log.info('m');
      child.info('m');
      child.info('m');
      log.removeKeys(['order']);
      log.info('m');
      log.resetKeys();
      child.info('m');
    });
    log.info('m');
    expect(calls.map(({ keys }) => keys)).toEqual([
      { order: 7, part: 'invocation', step: 1 },
      { part: 'invocation', order: 7, step: 1 },
      { part: 'invocation', order: 7, step: 1 },
      { part: 'invocation', step: 1 },
      { part: 'pay' },
      undefined,
    ]);
    expect(calls[2]?.keys).toBe(calls[1]?.keys);
  });

  test('keys of concurrent ones never mix', async () => {
    const { log, calls, invoke } = bench();
    const child = log.child({ child: true });
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        invoke(async () => {
          log.appendKeys({ i });
          for (let turn = 0; turn < 5; turn++) {
            await setImmediate();
            (turn % 2 === 0 ? log : child).info(`${i}`);
          }
        }),
      ),
    );
    expect(calls.length).toBe(250);
    expect(calls.filter(({ message, keys }) => message !== `${keys?.i}`)).toEqual([]);
  });

  test('keys given outside one are persistent', () => {
    const { log, calls, invoke } = bench();
    log.appendKeys({ a: 1, b: 2 });
    log.removeKeys(['b']);
    invoke(() => log.info('m'));
    expect(calls[0]?.keys).toEqual({ a: 1 });
  });

  test('the correlation id is its own; what is no text is left aside', () => {
    const { log, calls, invoke } = bench();
    expect(log.getCorrelationId()).toBeUndefined();
    invoke((store) => {
      log.setCorrelationId('c-2');
      log.setCorrelationId({ id: 3 });
      log.setCorrelationId('');
      expect([log.getCorrelationId(), store.id]).toEqual(['c-2', 'c-2']);
    });
    expect(calls.length).toBe(1);
  });

  test('detail is released and forgotten, and lines are written, on demand', () => {
    const { log, invoke } = bench();
    let called = 0;
    const done = invoke((store) => {
      log.flushBuffer();
      log.clearBuffer();
      log.child({}).flush(() => {
        called += 1;
      });
      return store.done;
    });
    expect([done, called]).toEqual([['release', 'clear', 'flush'], 1]);
  });
});
