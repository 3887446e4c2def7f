/** Fills the printf placeholders of a message with the arguments that follow it, as pino does. */
import { redactedCopy } from '../redaction/redacted-copy.ts';
import { isError } from './is-error.ts';

export interface FilledMessage {
  readonly text: string;
  /** How many of the arguments went into the text, counted from the first. */
  readonly used: number;
  /** The first error among them. */
  readonly error: Error | undefined;
}

/** Characters that one argument may add; a line's whole message is cut at as many. */
const MAX_ARGUMENT_CHARS = 8192;
const UNREADABLE = '[unreadable]';
const PLACEHOLDER = /%[sdifjoO%]/g;

/**
 * `%s` text, `%d` `%f` number, `%i` whole number, `%j` `%o` `%O` JSON without secrets, `%%` a percent sign.
 * A plain object goes only into the JSON placeholders, because beside a message it is meant as fields. Where the
 * arguments have run out, placeholders stay as they are. Never throws.
 */
export function fillMessage(template: string, values: readonly unknown[]): FilledMessage {
  let used = 0;
  let error: Error | undefined;
  const text = template.replace(PLACEHOLDER, (placeholder) => {
    if (placeholder === '%%') return '%';
    if (used >= values.length) return placeholder;
    const value = values[used];
    const asJson = placeholder === '%j' || placeholder === '%o' || placeholder === '%O';
    if (!asJson && isPlainObject(value)) return placeholder;
    used += 1;
    if (error === undefined && isError(value)) error = value;
    return printed(value, placeholder).slice(0, MAX_ARGUMENT_CHARS);
  });
  return { text, used, error };
}

function printed(value: unknown, placeholder: string): string {
  try {
    switch (placeholder) {
      case '%s':
        return String(value);
      case '%d':
      case '%f':
        return value === null || value === undefined ? placeholder : String(Number(value));
      case '%i':
        return value === null || value === undefined ? placeholder : String(Math.floor(Number(value)));
      default:
        return printedJson(value, placeholder);
    }
  } catch {
    // A conversion of the caller's own threw, or the value has none.
    return UNREADABLE;
  }
}

function printedJson(value: unknown, placeholder: string): string {
  switch (typeof value) {
    case 'undefined':
      return placeholder;
    case 'string':
      return `'${value}'`;
    case 'function':
      return value.name || '<anonymous>';
    default:
      return JSON.stringify(redactedCopy(value, MAX_ARGUMENT_CHARS)) ?? UNREADABLE;
  }
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  } catch {
    // A proxy refused to say what it is.
    return false;
  }
}
