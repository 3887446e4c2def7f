/** Builds what follows the head of a log line, with pino as the formatter and within the longest line. */
import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import { redactedCopy, redactedText } from '../redaction/redacted-copy.ts';
import { writeHead } from '../wire/head.ts';
import { CONTRACT_VERSION, type Level, MAX_LINE_BYTES } from '../wire/record.ts';
import { errorFields } from './error-fields.ts';

/** The arguments of one call, as they were given. */
export interface LogCall {
  readonly level: Level;
  readonly message: unknown;
  readonly fields: unknown;
  readonly error: unknown;
}

/** Gives the tail of the line: context (raw JSON members, each behind a comma), fields, error and message. */
export type LogLine = (call: LogCall, context: string) => string;

/** Characters for message, fields and error. A character is at most 6 bytes of JSON (`\u0000`), so the last always fits. */
const BOUNDS = [
  { message: 8192, fields: 24_576, error: 16_384 },
  { message: 1024, fields: 2048, error: 1024 },
] as const;

const LONGEST_HEAD = writeHead({
  version: CONTRACT_VERSION,
  channel: 'business',
  kind: 'request',
  instance: '0'.repeat(16),
  seq: Number.MAX_SAFE_INTEGER,
  weight: 999_999_999.999999,
  level: 'ERROR',
  timestamp: '0'.repeat(24),
}).length;
/** A UTF-16 unit is at most three bytes of UTF-8, so shorter lines need not be measured. */
const SURELY_FITS_CHARS = Math.floor((MAX_LINE_BYTES - LONGEST_HEAD) / 3);

const METHOD = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'fatal',
} as const satisfies Record<Level, keyof Pino>;

export function createLogLine(): LogLine {
  let written = '';
  let context = '';
  const destination: DestinationStream = {
    write(line: string): void {
      written = line;
    },
  };
  const formatter = pino(
    {
      level: 'trace',
      base: null,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
      // Raw text that pino puts behind the level: there, context that is serialised once costs nothing a line.
      timestamp: () => context,
    },
    destination,
  );
  return (call, given) => {
    context = given;
    let tail = '';
    for (const bounds of BOUNDS) {
      formatter[METHOD[call.level]](parts(call, bounds), messageText(call, bounds.message));
      tail = written.slice(`{"level":"${call.level}"`.length);
      if (fits(tail)) break;
    }
    return tail;
  };
}

function parts(call: LogCall, bounds: (typeof BOUNDS)[number]): object {
  const fields = call.fields === undefined ? undefined : redactedCopy(call.fields, bounds.fields);
  if (call.error === undefined) return { fields };
  return { fields, error: errorFields(call.error, bounds.error) };
}

function messageText({ message }: LogCall, maxChars: number): string {
  if (typeof message === 'string') return redactedText(message, maxChars);
  const copied = redactedCopy(message, maxChars);
  return typeof copied === 'string' ? copied : (JSON.stringify(copied) ?? '');
}

function fits(tail: string): boolean {
  return tail.length <= SURELY_FITS_CHARS || Buffer.byteLength(tail, 'utf8') + LONGEST_HEAD <= MAX_LINE_BYTES;
}
