/** The logger that handlers call, in the words that pino's and Powertools' users know. */
import type { Floor } from './level.ts';
import { LevelLogger, type TakeCall } from './level-logger.ts';
import { type LoggerScope, NO_SCOPE } from './logger-scope.ts';

/** Never throws, whatever it is given. How arguments are read: sdk/docs/logging.md. */
export interface LogMethod {
  /**
   * Message first: objects become fields, an `Error` (also as the member `error` or `err`) the record's error, other
   * values the field `extra`; `%s %d %f %i %j %o %O %%` in the message are filled first.
   */
  (message: string, ...more: readonly unknown[]): void;
  /** Object or error first; without a message it is the object's member `message` or `msg`, or the error's. */
  (first: unknown, message?: string, ...more: readonly unknown[]): void;
  (...values: readonly unknown[]): void;
}

export interface ChildOptions {
  /** Lowest level that the child takes; the parent's of now where nothing is said. */
  readonly level?: string | undefined;
  /** Before each message, behind the parent's. */
  readonly msgPrefix?: string | undefined;
  /** Not taken, and said so once: what is redacted is set where Trailgate is created. */
  readonly redact?: unknown;
}

export interface CreateChildOptions {
  readonly logLevel?: string | undefined;
  /** Becomes the key `service` of its lines; the record's own service stays that of the function. */
  readonly serviceName?: string | undefined;
  readonly persistentKeys?: Readonly<Record<string, unknown>> | undefined;
  readonly persistentLogAttributes?: Readonly<Record<string, unknown>> | undefined;
}

export interface Logger {
  readonly trace: LogMethod;
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
  /** Powertools' name for `fatal`. */
  readonly critical: LogMethod;
  /** Takes nothing. */
  readonly silent: LogMethod;

  /**
   * Lowest level that is taken, in pino's lower case; takes any case, `warning`, `critical` and `off` too. Never below the
   * platform's own level. A name that means nothing is left aside and said once.
   */
  level: string;
  /** What `child` put before its messages. */
  readonly msgPrefix: string | undefined;
  isLevelEnabled(level: string): boolean;
  getLevelName(): Floor;
  setLogLevel(level: string): void;

  /** A logger with further keys and a level of its own; it shares the invocation's detail, keys and correlation id. */
  child(bindings?: Readonly<Record<string, unknown>>, options?: ChildOptions): Logger;
  createChild(options?: CreateChildOptions): Logger;

  /** Keys of each line of this logger and of the children it gets from now on; at most 100. */
  appendPersistentKeys(keys?: Readonly<Record<string, unknown>>): void;
  removePersistentKeys(names?: readonly string[]): void;
  removePersistentLogAttributes(names?: readonly string[]): void;
  setPersistentLogAttributes(keys?: Readonly<Record<string, unknown>>): void;
  getPersistentLogAttributes(): Record<string, unknown>;
  bindings(): Record<string, unknown>;
  setBindings(bindings: Readonly<Record<string, unknown>>): void;

  /**
   * Keys of each line of the current invocation, whichever logger writes it; at most 100, gone when it ends. Outside an
   * invocation `appendKeys` and `removeKeys` mean this logger's persistent keys.
   */
  appendKeys(keys?: Readonly<Record<string, unknown>>): void;
  removeKeys(names?: readonly string[]): void;
  resetKeys(): void;

  /** Of the current invocation, and of what it calls from now on; anything but a text with characters is left aside. */
  setCorrelationId(id: unknown): void;
  getCorrelationId(): string | undefined;

  /** Writes what waits for the end of the invocation, except detail. */
  flush(done?: (error?: Error) => void): void;
  /** Writes the invocation's detail now, as if it had failed. */
  flushBuffer(): void;
  /** Forgets the invocation's detail. */
  clearBuffer(): void;
}

export function createLogger(floor: Floor, take: TakeCall, scope: LoggerScope = NO_SCOPE): Logger {
  const family = { take, scope, said: new Set<string>() };
  return new LevelLogger(family, { floor, prefix: undefined, keys: undefined });
}
