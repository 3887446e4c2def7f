/** Fills the printf placeholders of a message with the arguments that follow it, as pino does. */
import { redactedCopy } from '../redaction/redacted-copy.ts';
import { attempt, isPlain, UNREADABLE } from './caller-value.ts';

export interface FilledMessage {
  readonly text: string;
  /** How many of the arguments went into the text, counted from the first. */
  readonly used: number;
}

/** Characters that one argument may add; a line's whole message is cut at as many. */
const MAX_ARGUMENT_CHARS = 8192;

/**
 * `%s` text, `%d` `%f` number, `%i` whole number, `%j` `%o` `%O` JSON without secrets, `%%` a percent sign.
 * A plain object goes only into the JSON placeholders, because beside a message it is meant as fields. Where the
 * arguments have run out, placeholders stay as they are. Never throws.
 */
export function fillMessage(template: string, values: readonly unknown[]): FilledMessage {
  let used = 0;
  const text = template.replace(/%[sdifjoO%]/g, (placeholder) => {
    if (placeholder === '%%') return '%';
    const value = values[used];
    const forFields = !/[joO]/.test(placeholder) && attempt(() => isPlain(value), false);
    if (used >= values.length || forFields) return placeholder;
    used += 1;
    return attempt(() => printed(value, placeholder), UNREADABLE).slice(0, MAX_ARGUMENT_CHARS);
  });
  return { text, used };
}

function printed(value: unknown, placeholder: string): string {
  if (placeholder === '%s') return String(value);
  if (value === undefined) return placeholder;
  if (/[dif]/.test(placeholder)) {
    if (value === null) return placeholder;
    return String(placeholder === '%i' ? Math.floor(Number(value)) : Number(value));
  }
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return value.name || '<anonymous>';
  return JSON.stringify(redactedCopy(value, MAX_ARGUMENT_CHARS));
}
