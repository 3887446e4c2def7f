/** Where the pino logger writes to: turns each of its lines back into a call of our logger. */
import { type DestinationStream, symbols } from 'pino';
import { levelOfNumber } from '../logger/level.ts';
import type { Logger, LogMethod } from '../logger/logger.ts';

export interface LineKeys {
  readonly messageKey: string;
  readonly errorKey: string;
}

type Line = Record<string, unknown>;

export class RecordStream implements DestinationStream {
  /** The member that pino opens its lines with. A field may have the name too, so that it is not where the level is read. */
  static readonly levelKey = 'pino.level';
  lastLevel = 0;
  readonly #log: Logger;
  readonly #keys: LineKeys;

  constructor(log: Logger, keys: LineKeys) {
    this.#log = log;
    this.#keys = keys;
    // Asks pino to leave the level of each line in `lastLevel` (pino, docs/api.md, `destination[Symbol.for('pino.metadata')]`).
    Object.assign(this, { [symbols.needsMetadataGsym]: true });
  }

  write(text: string): void {
    const method = this.#method();
    const line = readLine(text);
    if (line === undefined) {
      method(text.trimEnd());
      return;
    }
    const { messageKey, errorKey } = this.#keys;
    const { [RecordStream.levelKey]: _level, [messageKey]: message, [errorKey]: error, ...fields } = line;
    const lifted = readError(error);
    // The error goes as `err`, and the message as the last argument, so that nothing in it is taken for a placeholder.
    if (lifted !== undefined) fields.err = lifted;
    else if (error !== undefined) fields[errorKey] = error;
    method(fields, message === undefined ? (lifted?.message ?? '') : textOf(message));
  }

  flush(done?: (error?: Error) => void): void {
    this.#log.flush(done);
  }

  /** pino calls it after a fatal line. */
  flushSync(): void {
    this.#log.flush();
  }

  #method(): LogMethod {
    switch (levelOfNumber(this.lastLevel)) {
      case 'TRACE':
        return this.#log.trace;
      case 'DEBUG':
        return this.#log.debug;
      case 'INFO':
        return this.#log.info;
      case 'WARN':
        return this.#log.warn;
      case 'ERROR':
        return this.#log.error;
      case 'FATAL':
        return this.#log.fatal;
    }
  }
}

/** Undefined for text that a `streamWrite` hook made of the line. */
function readLine(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null && !Array.isArray(line) ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

/** What pino's own serializer makes of an error; a serializer of the caller's that makes something else leaves a field. */
function readError(serialised: unknown): Error | undefined {
  if (typeof serialised !== 'object' || serialised === null) return undefined;
  const { type, message, stack, ...members } = serialised as Line;
  if (typeof type !== 'string' || typeof message !== 'string' || typeof stack !== 'string') return undefined;
  const error = new Error(message);
  Object.assign(error, members, { name: type, stack });
  return error;
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
