/** Reads the arguments of a log method, in pino's order or Powertools', into one well-formed call. Runs on each line. */
import type { Level } from '../wire/record.ts';
import { errorDetails } from './error-details.ts';
import { fillMessage } from './fill-message.ts';
import { isError } from './is-error.ts';
import type { Keys } from './keys.ts';
import type { LogCall } from './log-line.ts';
import { type Fields, fieldsOf, isPlain, memberOf, mergedFields, withoutField } from './read-fields.ts';

/** What one line is made with beside its arguments. */
export interface CallSettings {
  readonly level: Level;
  /** Before each message. */
  readonly prefix: string | undefined;
  readonly keys: Keys | undefined;
}

/** Arguments that one call may have; those beyond it are left out. */
const MAX_ARGUMENTS = 32;
const UNREADABLE = '[unreadable]';

/** Never throws. */
export function readCall(settings: CallSettings, first: unknown, more: readonly unknown[]): LogCall {
  const { level, prefix, keys } = settings;
  try {
    if (prefix === undefined) {
      if (typeof first === 'string') {
        if (more.length === 0) return { level, message: first, fields: undefined, error: undefined, keys };
        const fields = more[0];
        if (more.length === 1 && isPlain(fields) && !isSpecial(fields) && !first.includes('%')) {
          return { level, message: first, fields, error: undefined, keys };
        }
      } else if (more.length === 1 && typeof more[0] === 'string' && isPlain(first) && !isSpecial(first)) {
        return { level, message: more[0], fields: first, error: undefined, keys };
      }
    }
    return { level, ...readArguments(first, more.slice(0, MAX_ARGUMENTS), prefix), keys };
  } catch {
    // An argument refused to be read; that it was logged is still worth a line.
    return { level, message: textOf(first), fields: undefined, error: undefined, keys };
  }
}

/** Has an error to lift, or decides itself what it is as JSON. */
function isSpecial(fields: Fields): boolean {
  try {
    const { error, err, toJSON } = fields;
    if (typeof toJSON === 'function') return true;
    return (error !== undefined && isError(error)) || (err !== undefined && isError(err));
  } catch {
    // A getter threw: the careful way reads member by member.
    return true;
  }
}

function readArguments(
  first: unknown,
  more: readonly unknown[],
  prefix: string | undefined,
): Pick<LogCall, 'message' | 'fields' | 'error'> {
  const { template, leading, rest } = inOrder(first, more);
  const filled =
    rest.length > 0 && template?.includes('%') ? fillMessage(template, rest) : { used: 0, error: undefined };
  const read = sorted(filled.error, [...leading, ...rest.slice(filled.used)], template === undefined);
  const message = 'text' in filled ? filled.text : (template ?? read.text ?? messageOf(read.error));
  return { message: (prefix ?? '') + message, fields: read.fields, error: read.error };
}

interface InOrder {
  /** Undefined where none was given: the fields or the error have it. */
  readonly template: string | undefined;
  /** What stood before the message. */
  readonly leading: readonly unknown[];
  readonly rest: readonly unknown[];
}

/** Message-first (Powertools, pino) or object-first (pino). */
function inOrder(first: unknown, more: readonly unknown[]): InOrder {
  if (typeof first === 'string') return { template: first, leading: [], rest: more };
  const second = more[0];
  if (typeof second === 'string' && (first === undefined || typeof first === 'object')) {
    return { template: second, leading: [first], rest: more.slice(1) };
  }
  if (typeof first === 'object' && first !== null) {
    return { template: undefined, leading: [first], rest: more };
  }
  return { template: textOf(first), leading: [], rest: more };
}

interface Sorted {
  readonly fields: Fields | undefined;
  readonly error: Error | undefined;
  /** A message that was among the fields. */
  readonly text: string | undefined;
}

function sorted(printedError: Error | undefined, values: readonly unknown[], messageWanted: boolean): Sorted {
  const errors: Error[] = printedError === undefined ? [] : [printedError];
  const objects: Fields[] = [];
  const extra: unknown[] = [];
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (isError(value)) {
      if (!errors.includes(value)) errors.push(value);
      continue;
    }
    const read = fieldsOf(value);
    if (read.fields !== undefined) objects.push(read.fields);
    else extra.push(read.value);
  }
  return lifted({ errors, fields: withExtra(objects, extra) }, messageWanted);
}

/** Values that are no fields come under the name that Powertools gives them. */
function withExtra(objects: readonly Fields[], extra: readonly unknown[]): Fields | undefined {
  if (extra.length === 0) return objects.length > 1 ? mergedFields(objects) : objects[0];
  return mergedFields([...objects, { extra: extra.length === 1 ? extra[0] : extra }]);
}

/** Takes the error and, where one is wanted, the message out of the fields. */
function lifted(
  given: { readonly errors: readonly Error[]; readonly fields: Fields | undefined },
  messageWanted: boolean,
): Sorted {
  let { fields } = given;
  let [error] = given.errors;
  let text: string | undefined;
  for (const name of ['error', 'err'] as const) {
    const value = memberOf(fields, name);
    if (error !== undefined || fields === undefined || !isError(value)) continue;
    error = value;
    fields = withoutField(fields, name);
  }
  for (const name of ['message', 'msg'] as const) {
    const value = messageWanted ? memberOf(fields, name) : undefined;
    if (text !== undefined || fields === undefined || typeof value !== 'string') continue;
    text = value;
    fields = withoutField(fields, name);
  }
  return { fields: withErrors(fields, error, given.errors.slice(1)), error, text };
}

function withErrors(
  fields: Fields | undefined,
  error: Error | undefined,
  others: readonly Error[],
): Fields | undefined {
  const details = errorDetails(error);
  if (details === undefined && others.length === 0) return fields;
  return mergedFields([
    details === undefined ? {} : { error_details: details },
    others.length === 0 ? {} : { other_errors: others },
    fields ?? {},
  ]);
}

function messageOf(error: Error | undefined): string {
  if (error === undefined) return '';
  const message = memberOf(error, 'message');
  return typeof message === 'string' ? message : textOf(message);
}

function textOf(value: unknown): string {
  try {
    return typeof value === 'object' && value !== null ? UNREADABLE : String(value);
  } catch {
    return UNREADABLE;
  }
}
