/** The logger that handlers call: takes lines of the levels that are on and never throws. */
import type { Level } from '../wire/record.ts';
import { type Floor, reaches } from './level.ts';
import type { LogCall } from './log-line.ts';

export interface LogMethod {
  /** An `Error` in place of the fields, or as their member `error` or `err`, becomes the record's error. */
  (message: string, fields?: Record<string, unknown> | Error): void;
  (error: Error, message?: string): void;
}

export interface Logger {
  readonly trace: LogMethod;
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
}

const OFF: LogMethod = () => {};

/** A level below the floor is an empty function: deciding so once makes a suppressed line free. */
export function createLogger(floor: Floor, take: (call: LogCall) => void): Logger {
  const method = (level: Level): LogMethod => {
    if (!reaches(level, floor)) return OFF;
    return (first: unknown, second?: unknown) => {
      try {
        take(readCall(level, first, second));
      } catch {
        // A line that cannot be taken must not cost the caller more than the line.
      }
    };
  };
  return {
    trace: method('TRACE'),
    debug: method('DEBUG'),
    info: method('INFO'),
    warn: method('WARN'),
    error: method('ERROR'),
    fatal: method('FATAL'),
  };
}

function readCall(level: Level, first: unknown, second: unknown): LogCall {
  if (first instanceof Error) {
    const message = typeof second === 'string' ? second : first.message;
    return { level, message, fields: undefined, error: first };
  }
  if (second instanceof Error) return { level, message: first, fields: undefined, error: second };
  const error = errorMember(second);
  if (error === undefined) return { level, message: first, fields: second, error };
  const { [error.name]: _lifted, ...fields } = second as Record<string, unknown>;
  return { level, message: first, fields: isEmpty(fields) ? undefined : fields, error: error.value };
}

function errorMember(fields: unknown): { readonly name: string; readonly value: Error } | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  try {
    const { error, err } = fields as { readonly error?: unknown; readonly err?: unknown };
    if (error instanceof Error) return { name: 'error', value: error };
    return err instanceof Error ? { name: 'err', value: err } : undefined;
  } catch {
    // A getter threw; the line is written without looking for an error in it.
    return undefined;
  }
}

function isEmpty(fields: object): boolean {
  return Object.keys(fields).length === 0;
}
