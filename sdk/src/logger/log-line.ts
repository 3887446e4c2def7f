/** Builds what follows the head of a log line: message, context, fields and error, redacted and within the longest line. */
import { DEFAULT_REDACTION } from '../redaction/redacted-copy.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { type Level, MAX_LINE_BYTES } from '../wire/record.ts';
import { errorFields } from './error-fields.ts';

/** The arguments of one call, as they were given. */
export interface LogCall {
  readonly level: Level;
  readonly message: unknown;
  readonly fields: unknown;
  readonly error: unknown;
  /** Of the logger and the invocation: immutable, the same object as long as they do not change; before the call's own fields. */
  readonly keys?: Readonly<Record<string, unknown>> | undefined;
}

/** Gives the tail of the line; `context` is raw JSON members, each behind a comma. */
export type LogLine = (call: LogCall, context: string) => string;

/** Characters of JSON text. */
interface Bounds {
  readonly message: number;
  readonly fields: number;
  readonly error: number;
}

const WIDE: Bounds = { message: 8192, fields: 24_576, error: 16_384 };
/** A character is at most 3 bytes, so this fits with any context of up to 48 KB. */
const NARROW: Bounds = { message: 1024, fields: 2048, error: 1024 };

/** At least what the head of a log line takes; the test builds the longest one. */
export const HEAD_BYTES = 200;
/** A UTF-16 unit is at most three bytes of UTF-8, so shorter lines need not be measured. */
const SURELY_FITS_CHARS = Math.floor((MAX_LINE_BYTES - HEAD_BYTES) / 3);

export function createLogLine(redaction: Redaction = DEFAULT_REDACTION): LogLine {
  return (call, context) => {
    const tail = tailText(call, context, WIDE, redaction);
    if (fits(tail)) return tail;
    const narrow = tailText(call, context, NARROW, redaction);
    // Context that fills a line by itself is no context of ours.
    return fits(narrow) ? narrow : tailText(call, '', NARROW, redaction);
  };
}

function tailText(call: LogCall, context: string, bounds: Bounds, redaction: Redaction): string {
  const { message, error } = call;
  const text = typeof message === 'string' ? message : messageText(message, bounds.message, redaction);
  let tail = `,"message":${redaction.literal(text, bounds.message)}${context}`;
  if (call.fields !== undefined || call.keys !== undefined) {
    const fields = redaction.fields(call.fields, call.keys, bounds.fields);
    if (fields !== undefined) tail += `,"fields":${fields}`;
  }
  if (error !== undefined) tail += `,"error":${errorText(error, bounds.error, redaction)}`;
  return `${tail}}\n`;
}

function messageText(message: unknown, maxChars: number, redaction: Redaction): string {
  if (message === undefined) return '';
  const text = redaction.json(message, maxChars);
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** Shaped by the built-in rules already; those of a caller come on top. */
function errorText(error: unknown, maxChars: number, redaction: Redaction): string {
  const fields = errorFields(error, maxChars);
  const text = JSON.stringify(fields);
  return redaction.builtIn && text.length <= maxChars ? text : redaction.json(fields, maxChars);
}

function fits(tail: string): boolean {
  return tail.length <= SURELY_FITS_CHARS || Buffer.byteLength(tail, 'utf8') + HEAD_BYTES <= MAX_LINE_BYTES;
}
