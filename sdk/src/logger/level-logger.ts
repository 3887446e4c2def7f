/** One logger of a family: its level decides once which of its methods do anything, its keys are made once. */
import type { Level } from '../wire/record.ts';
import { memberOf } from './caller-value.ts';
import { addKeys, type Keys, MAX_KEYS, removeKeys } from './keys.ts';
import { type Floor, floorOf, reaches } from './level.ts';
import type { LogCall } from './log-line.ts';
import type { ChildOptions, CreateChildOptions, Logger, LogMethod } from './logger.ts';
import type { LoggerScope } from './logger-scope.ts';
import { readCall } from './read-call.ts';

export type TakeCall = (call: LogCall) => void;

/** What a logger shares with its children. */
export interface LoggerFamily {
  readonly take: TakeCall;
  readonly scope: LoggerScope;
  /** What was said once already; a subject is one of a few fixed texts. */
  readonly said: Set<string>;
}

export interface LoggerSettings {
  readonly floor: Floor;
  readonly prefix: string | undefined;
  readonly keys: Keys | undefined;
}

/** What a level below the floor is: a suppressed line costs a call of nothing. */
const OFF: LogMethod = () => {};

export class LevelLogger implements Logger {
  trace: LogMethod = OFF;
  debug: LogMethod = OFF;
  info: LogMethod = OFF;
  warn: LogMethod = OFF;
  error: LogMethod = OFF;
  fatal: LogMethod = OFF;
  critical: LogMethod = OFF;
  readonly silent: LogMethod = OFF;
  readonly msgPrefix: string | undefined;
  readonly #family: LoggerFamily;
  #floor: Floor = 'SILENT';
  #keys: Keys | undefined;
  /** The logger's keys with those of an invocation, made once; weak, because an invocation's must not live on here. */
  #merged: WeakMap<Keys, Keys> | undefined;

  constructor(family: LoggerFamily, { floor, prefix, keys }: LoggerSettings) {
    this.#family = family;
    this.msgPrefix = prefix;
    this.#setKeys(keys);
    this.#setFloor(floor);
  }

  get level(): string {
    return this.#floor.toLowerCase();
  }

  set level(name: string) {
    const floor = this.#readFloor(name);
    if (floor !== undefined) this.#setFloor(floor);
  }

  isLevelEnabled(name: string): boolean {
    const level = floorOf(name);
    return level !== undefined && level !== 'SILENT' && reaches(level, this.#floor);
  }

  getLevelName(): Floor {
    return this.#floor;
  }

  setLogLevel(name: string): void {
    this.level = name;
  }

  child(bindings?: Readonly<Record<string, unknown>>, options?: ChildOptions): Logger {
    // Read one by one: a getter that throws costs its own option only.
    const level = memberOf(options, 'level');
    const added = memberOf(options, 'msgPrefix');
    if (memberOf(options, 'redact') !== undefined)
      this.#sayOnce('child option redact ignored: set redaction where Trailgate is created');
    return new LevelLogger(this.#family, {
      floor: (level === undefined ? undefined : this.#readFloor(level)) ?? this.#floor,
      prefix: added && typeof added === 'string' ? (this.msgPrefix ?? '') + added : this.msgPrefix,
      keys: this.#with(this.#keys, bindings),
    });
  }

  createChild(options?: CreateChildOptions): Logger {
    const service = memberOf(options, 'serviceName');
    const given = memberOf(options, 'persistentKeys') ?? memberOf(options, 'persistentLogAttributes');
    const keys = this.#with(service === undefined ? undefined : { service }, given);
    return this.child(keys, { level: memberOf(options, 'logLevel') as string | undefined });
  }

  appendPersistentKeys(keys?: Readonly<Record<string, unknown>>): void {
    this.#setKeys(this.#with(this.#keys, keys));
  }

  removePersistentKeys(names?: readonly string[]): void {
    this.#setKeys(removeKeys(this.#keys, names));
  }

  removePersistentLogAttributes(names?: readonly string[]): void {
    this.removePersistentKeys(names);
  }

  setPersistentLogAttributes(keys?: Readonly<Record<string, unknown>>): void {
    this.#setKeys(this.#with(undefined, keys));
  }

  getPersistentLogAttributes(): Record<string, unknown> {
    return { ...this.#keys };
  }

  bindings(): Record<string, unknown> {
    return { ...this.#keys };
  }

  setBindings(bindings: Readonly<Record<string, unknown>>): void {
    this.appendPersistentKeys(bindings);
  }

  appendKeys(keys?: Readonly<Record<string, unknown>>): void {
    const { scope } = this.#family;
    if (scope.correlationId() === undefined) this.appendPersistentKeys(keys);
    else scope.setKeys(this.#with(scope.keys(), keys));
  }

  removeKeys(names?: readonly string[]): void {
    const { scope } = this.#family;
    if (scope.correlationId() === undefined) this.removePersistentKeys(names);
    else scope.setKeys(removeKeys(scope.keys(), names));
  }

  resetKeys(): void {
    this.#family.scope.setKeys(undefined);
  }

  setCorrelationId(id: unknown): void {
    if (typeof id === 'string' && id !== '') this.#family.scope.setCorrelationId(id);
    else this.#sayOnce('correlation id ignored: expected a text');
  }

  getCorrelationId(): string | undefined {
    return this.#family.scope.correlationId();
  }

  flush(done?: (error?: Error) => void): void {
    const failure = this.#attempt(() => this.#family.scope.flush());
    if (typeof done === 'function') done(failure);
  }

  flushBuffer(): void {
    this.#attempt(() => this.#family.scope.releaseDetail());
  }

  clearBuffer(): void {
    this.#attempt(() => this.#family.scope.clearDetail());
  }

  #setFloor(floor: Floor): void {
    const method = (level: Level): LogMethod => (reaches(level, floor) ? this.#method(level) : OFF);
    this.#floor = floor;
    this.trace = method('TRACE');
    this.debug = method('DEBUG');
    this.info = method('INFO');
    this.warn = method('WARN');
    this.error = method('ERROR');
    this.fatal = method('FATAL');
    this.critical = this.fatal;
  }

  /** A closure, so that it works when taken off the logger (`const { info } = log`). */
  #method(level: Level): LogMethod {
    const { take } = this.#family;
    const prefix = this.msgPrefix;
    return (first: unknown, ...more: readonly unknown[]) => {
      try {
        take(readCall({ level, prefix, keys: this.#lineKeys() }, first, more));
      } catch {
        // A line that cannot be taken must not cost the caller more than the line.
      }
    };
  }

  #lineKeys(): Keys | undefined {
    const own = this.#keys;
    const ofInvocation = this.#family.scope.keys();
    if (ofInvocation === undefined || own === undefined) return ofInvocation ?? own;
    this.#merged ??= new WeakMap();
    let merged = this.#merged.get(ofInvocation);
    if (merged === undefined) {
      merged = { ...own, ...ofInvocation };
      this.#merged.set(ofInvocation, merged);
    }
    return merged;
  }

  #setKeys(keys: Keys | undefined): void {
    this.#keys = keys;
    this.#merged = undefined;
  }

  #with(current: Keys | undefined, given: unknown): Keys | undefined {
    const { keys, ignored } = addKeys(current, given);
    if (ignored > 0) this.#sayOnce(`keys ignored: a logger and an invocation hold ${MAX_KEYS} each`);
    return keys;
  }

  #readFloor(name: unknown): Floor | undefined {
    const floor = floorOf(name);
    if (floor === undefined)
      this.#sayOnce('level ignored: expected trace, debug, info, warn, error, fatal or silent');
    return floor;
  }

  /** Writing may fail where the line cannot. */
  #attempt(work: () => void): Error | undefined {
    try {
      work();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** What every request does wrong must not write the bill. */
  #sayOnce(message: string): void {
    const { said, take } = this.#family;
    if (said.has(message) || !reaches('WARN', this.#floor)) return;
    said.add(message);
    this.#attempt(() => take({ level: 'WARN', message, fields: undefined, error: undefined }));
  }
}
