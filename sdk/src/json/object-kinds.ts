/** Says how an object is read: by its members, as a list, as entries, or as another value that stands for it. */

export type Entries = Iterable<readonly [string, unknown]>;

/** Stands for a value whose getter threw. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

/** More are not walked. */
const MAX_ITEMS = 2000;
/** Not enumerable, and the codes that Node's own and most clients' errors carry. */
const ERROR_MEMBERS = 'name message code status statusCode stack cause errors'.split(' ');
const ENTRY_LISTS: readonly unknown[] = ['Headers', 'URLSearchParams', 'FormData'];

/** An object literal: read by its members. Throws what a proxy of the caller throws. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  );
}

/**
 * The entries of what is read by entries; undefined for others. Like `standIn` for what is neither plain nor an array, and
 * through the built-in prototypes where it can: what a caller put on the object itself may throw or not end.
 */
export function entriesOf(value: object): Entries | undefined {
  if (value instanceof Error) return errorEntries(value);
  if (value instanceof Map) return mapEntries(value);
  const { toJSON, [Symbol.toStringTag]: tag } = value as { toJSON?: unknown; [Symbol.toStringTag]?: unknown };
  return typeof toJSON !== 'function' && ENTRY_LISTS.includes(tag) ? joined(value) : undefined;
}

/** What is written instead of an object; itself where it is read by its members. */
export function standIn(value: object): unknown {
  if (value instanceof Date) {
    const at = Date.prototype.getTime.call(value);
    return Number.isNaN(at) ? 'Invalid Date' : new Date(at).toISOString();
  }
  if (value instanceof Set) return firstOf(Set.prototype.values.call(value));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof String) return String.prototype.valueOf.call(value);
  if (value instanceof Number) return Number.prototype.valueOf.call(value);
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value) as unknown) : value;
}

/** As text; a value that cannot even be printed is named so. */
export function printed(value: unknown): string {
  try {
    return String(value);
  } catch {
    // A `toString` of the caller threw.
    return '[unreadable]';
  }
}

function* errorEntries(error: Error): Entries {
  for (const name of ERROR_MEMBERS) {
    try {
      yield [name, (error as unknown as Record<string, unknown>)[name]];
    } catch {
      // An error that was made by hand may have getters that throw; they cost their own member only.
      yield [name, UNREADABLE];
    }
  }
}

function* mapEntries(map: Map<unknown, unknown>): Entries {
  for (const [key, value] of Map.prototype.entries.call(map)) {
    yield [typeof key === 'object' && key !== null ? '[object]' : printed(key), value];
  }
}

/** Headers and parameters: a name that comes more than once has a list. */
function joined(value: object): Entries {
  const entries = new Map<string, unknown>();
  for (const entry of firstOf(value as Iterable<unknown>)) {
    const [name, text] = entry as readonly [string, unknown];
    const known = entries.get(name);
    entries.set(name, known === undefined ? text : ([] as unknown[]).concat(known, text));
  }
  return entries;
}

function firstOf(items: Iterable<unknown>): readonly unknown[] {
  const first: unknown[] = [];
  for (const item of items) {
    if (first.push(item) >= MAX_ITEMS) break;
  }
  return first;
}
