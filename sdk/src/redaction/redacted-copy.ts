/** Copies whatever a caller logs into plain JSON data without secrets, within bounds, and never throws. */
import { readName } from './key-names.ts';
import { isCardNumber, REDACTED, redactText } from './secret-values.ts';

const MAX_DEPTH = 10;
const MAX_VALUES = 2000;
/** Read beyond a cut, so that a secret across it is still recognised. */
const OVERLAP_CHARS = 4096;
export const TRUNCATED = '…[truncated]';
const UNREADABLE = '[unreadable]';
/** Those that are not enumerable, and the code that Node's own errors carry. */
const ERROR_MEMBERS = ['name', 'message', 'code', 'stack', 'cause'] as const;

/** What is left of the bounds while a value is walked. */
interface Walk {
  chars: number;
  values: number;
  readonly ancestors: object[];
}

/** `maxChars` bounds the sum over all names and texts in the copy. */
export function redactedCopy(value: unknown, maxChars: number): unknown {
  return copy(value, { chars: maxChars, values: MAX_VALUES, ancestors: [] });
}

/** A text without secrets, of at most `maxChars` and a marker. */
export function redactedText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return redactText(text);
  const read = redactText(text.slice(0, maxChars + OVERLAP_CHARS));
  return read.slice(0, maxChars) + TRUNCATED;
}

function copy(value: unknown, walk: Walk): unknown {
  walk.values -= 1;
  switch (typeof value) {
    case 'string':
      return copyText(value, walk);
    case 'number':
      if (isCardNumber(value)) return REDACTED;
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return copyText(String(value), walk);
    case 'symbol':
      return copyText(String(value), walk);
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : copyObject(value, walk);
    default:
      return value;
  }
}

function copyText(text: string, walk: Walk): string {
  const written = redactedText(text, Math.max(walk.chars, 0));
  walk.chars -= written.length;
  return written;
}

function copyObject(value: object, walk: Walk): unknown {
  if (walk.ancestors.includes(value)) return '[circular]';
  if (walk.ancestors.length >= MAX_DEPTH || walk.chars <= 0 || walk.values <= 0) return TRUNCATED;
  walk.ancestors.push(value);
  try {
    return copyMembers(value, walk);
  } catch {
    // A getter, a toJSON or a proxy of the caller threw: the rest of the line is still worth having.
    return UNREADABLE;
  } finally {
    walk.ancestors.pop();
  }
}

function copyMembers(value: object, walk: Walk): unknown {
  if (Array.isArray(value)) return copyList(value, walk);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return copyError(value, walk);
  if (value instanceof Map) return copyMap(value, walk);
  if (value instanceof Set) return copyList([...value], walk);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const toJson: unknown = (value as { toJSON?: unknown }).toJSON;
  if (typeof toJson === 'function') return copy(toJson.call(value), walk);
  return copyNamed(Object.keys(value), (name) => (value as Record<string, unknown>)[name], walk);
}

function copyList(list: readonly unknown[], walk: Walk): unknown[] {
  const copied: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    if (walk.values <= 0 || walk.chars <= 0) {
      copied.push(TRUNCATED);
      break;
    }
    copied.push(copy(list[i], walk) ?? null);
  }
  return copied;
}

function copyMap(map: ReadonlyMap<unknown, unknown>, walk: Walk): object {
  const members = new Map<string, unknown>();
  for (const [key, value] of map) members.set(typeof key === 'object' ? '[object]' : String(key), value);
  return copyNamed([...members.keys()], (name) => members.get(name), walk);
}

function copyNamed(names: readonly string[], read: (name: string) => unknown, walk: Walk): object {
  const copied: Record<string, unknown> = {};
  for (const name of names) {
    if (walk.values <= 0 || walk.chars <= 0) {
      copied[TRUNCATED] = true;
      break;
    }
    const { secret, written } = readName(name);
    walk.chars -= written.length;
    const value = secret ? REDACTED : copyMember(name, read, walk);
    if (written === '__proto__') define(copied, written, value);
    else copied[written] = value;
  }
  return copied;
}

/** Assigning would set the prototype instead of a member. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function copyMember(name: string, read: (name: string) => unknown, walk: Walk): unknown {
  let value: unknown;
  try {
    value = read(name);
  } catch {
    // A getter that throws costs its own member only.
    return UNREADABLE;
  }
  return copy(value, walk);
}

function copyError(error: Error, walk: Walk): object {
  return copyNamed(ERROR_MEMBERS, (name) => (error as unknown as Record<string, unknown>)[name], walk);
}
