/** Says how an object is read: by its members, as a list, as entries, or as another value that stands for it. */

export type Kind =
  | { readonly is: 'members' }
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'list'; readonly items: readonly unknown[] }
  | { readonly is: 'entries'; readonly entries: Iterable<readonly [string, unknown]> };

/** Stands for a value whose getter threw. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

const MEMBERS: Kind = { is: 'members' };
/** More are not walked. */
const MAX_ITEMS = 2000;
/** Not enumerable, and the codes that Node's own and most clients' errors carry. */
const ERROR_MEMBERS = [
  'name',
  'message',
  'code',
  'status',
  'statusCode',
  'stack',
  'cause',
  'errors',
] as const;
const ENTRY_LISTS: ReadonlySet<string> = new Set(['Headers', 'URLSearchParams', 'FormData']);

/** An object literal: read by its members. Throws what a proxy of the caller throws. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  );
}

/** For what is neither plain nor an array. Reads through the built-in prototypes where it can: what a caller put on the object itself may throw or not end. */
export function objectKind(value: object): Kind {
  const toJson: unknown = (value as { toJSON?: unknown }).toJSON;
  if (value instanceof Error) return { is: 'entries', entries: errorEntries(value) };
  if (value instanceof Date) return { is: 'value', value: dateText(value) };
  if (value instanceof Map) return { is: 'entries', entries: mapEntries(value) };
  if (value instanceof Set) return { is: 'list', items: firstOf(Set.prototype.values.call(value)) };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { is: 'value', value: `[${value.byteLength} bytes]` };
  }
  if (value instanceof String) return { is: 'value', value: String.prototype.valueOf.call(value) };
  if (value instanceof Number) return { is: 'value', value: Number.prototype.valueOf.call(value) };
  if (typeof toJson === 'function') return { is: 'value', value: toJson.call(value) as unknown };
  const tag: unknown = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (typeof tag === 'string' && ENTRY_LISTS.has(tag)) return { is: 'entries', entries: joined(value) };
  return MEMBERS;
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

function dateText(date: Date): string {
  return Number.isNaN(Date.prototype.getTime.call(date))
    ? 'Invalid Date'
    : Date.prototype.toISOString.call(date);
}

function* errorEntries(error: Error): Iterable<readonly [string, unknown]> {
  for (const name of ERROR_MEMBERS) {
    try {
      yield [name, (error as unknown as Record<string, unknown>)[name]];
    } catch {
      // An error that was made by hand may have getters that throw; they cost their own member only.
      yield [name, UNREADABLE];
    }
  }
}

function* mapEntries(map: Map<unknown, unknown>): Iterable<readonly [string, unknown]> {
  for (const [key, value] of Map.prototype.entries.call(map)) {
    yield [typeof key === 'object' && key !== null ? '[object]' : printed(key), value];
  }
}

/** Headers and parameters: a name that comes more than once has a list. */
function joined(value: object): Iterable<readonly [string, unknown]> {
  const entries = new Map<string, unknown>();
  for (const entry of firstOf(value as Iterable<unknown>)) {
    const [name, text] = entry as readonly [string, unknown];
    const known = entries.get(name);
    entries.set(name, known === undefined ? text : Array.isArray(known) ? [...known, text] : [known, text]);
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
