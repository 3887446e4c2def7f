/** Reads the arguments of a log method, in pino's order or Powertools', into one well-formed call. Runs on each line. */
import type { Level } from '../wire/record.ts';
import {
  attempt,
  type Fields,
  isError,
  isPlain,
  memberOf,
  mergedMembers,
  textOf,
  UNREADABLE,
} from './caller-value.ts';
import { errorDetails } from './error-details.ts';
import { fillMessage } from './fill-message.ts';
import type { Keys } from './keys.ts';
import type { LogCall } from './log-line.ts';

/** What one line is made with beside its arguments. */
export interface CallSettings {
  readonly level: Level;
  /** Before each message. */
  readonly prefix: string | undefined;
  readonly keys: Keys | undefined;
}

/** Arguments that one call may have; those beyond it are left out. */
const MAX_ARGUMENTS = 32;
/** Entries of a `Map` that become members. */
const MAX_ENTRIES = 1000;

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
  rest: unknown[],
  prefix = '',
): Pick<LogCall, 'message' | 'fields' | 'error'> {
  /** Undefined where none was given: the fields or the error have it. */
  let text: unknown;
  const leading: unknown[] = [];
  // Message-first (Powertools, pino) or object-first (pino).
  if ((typeof first === 'object' || first === undefined) && typeof rest[0] === 'string') {
    leading.push(first);
    text = rest.shift();
  } else if (typeof first === 'object' && first !== null) leading.push(first);
  else text = textOf(first);
  const errors = new Set<Error>();
  if (rest.length > 0 && isText(text) && text.includes('%')) {
    const filled = fillMessage(text, rest);
    text = filled.text;
    const printed = rest.splice(0, filled.used).find(isError);
    if (printed !== undefined) errors.add(printed);
  }
  let fields = fieldsOf([...leading, ...rest], errors);

  /** Takes a member out of the fields where it is what is looked for. */
  function lift<T>(name: string, is: (value: unknown) => value is T): T | undefined {
    const value = memberOf(fields, name);
    if (!is(value)) return undefined;
    const members = mergedMembers([fields]);
    members.delete(name);
    fields = members.size === 0 ? undefined : Object.fromEntries(members);
    return value;
  }

  const [given, ...others] = errors;
  const error = given ?? lift('error', isError) ?? lift('err', isError);
  text ??=
    lift('message', isText) ?? lift('msg', isText) ?? (error ? textOf(memberOf(error, 'message')) : '');
  const details = errorDetails(error);
  if (details !== undefined || others.length > 0) {
    const told = {
      ...(details && { error_details: details }),
      ...(others.length > 0 && { other_errors: others }),
    };
    fields = Object.fromEntries(mergedMembers([told, fields]));
  }
  return { message: prefix + text, fields, error };
}

/** The fields among the values; the errors among them join `errors`, and other values are the field `extra`, as Powertools has it. */
function fieldsOf(values: readonly unknown[], errors: Set<Error>): Fields | undefined {
  const objects: Fields[] = [];
  const extra: unknown[] = [];
  for (const value of values) {
    if (isError(value)) errors.add(value);
    else if (value !== undefined && value !== null) {
      const json = jsonOf(value);
      const members = membersOf(json);
      if (members === undefined) extra.push(json);
      else objects.push(members);
    }
  }
  if (extra.length > 0) objects.push({ extra: extra.length === 1 ? extra[0] : extra });
  return objects.length > 1 ? Object.fromEntries(mergedMembers(objects)) : objects[0];
}

function jsonOf(value: unknown): unknown {
  const toJson = memberOf(value, 'toJSON');
  return typeof toJson === 'function'
    ? attempt(() => Reflect.apply(toJson, value, []) as unknown, UNREADABLE)
    : value;
}

/** Undefined where the value has no named members. May throw on a proxy. */
function membersOf(value: unknown): Fields | undefined {
  if (isPlain(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Map) {
    const entries = [...value].slice(0, MAX_ENTRIES);
    return Object.fromEntries(
      entries.map(([key, member]) => [typeof key === 'object' ? '[object]' : textOf(key), member]),
    );
  }
  const unnamed = Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof String;
  return unnamed || Object.keys(value).length === 0 ? undefined : (value as Fields);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
