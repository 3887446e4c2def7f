/** Decides which values are fields of a line and puts several of them together. */

export type Fields = Readonly<Record<string, unknown>>;

const UNREADABLE = '[unreadable]';
/** Entries of a `Map` that become members. */
const MAX_ENTRIES = 1000;

/** An object as literals and JSON make them. May throw on a proxy. */
export function isPlain(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `fields` where the value has named members; otherwise what to log in its place. May throw on a proxy. */
export function fieldsOf(value: unknown): { readonly fields?: Fields; readonly value: unknown } {
  if (typeof value !== 'object' || value === null) return { value };
  const toJson = memberOf(value, 'toJSON');
  if (typeof toJson === 'function') return asJson(value, toJson);
  return hasMembers(value) ? { fields: membersOf(value), value } : { value };
}

/** Later members win. A member that cannot be read costs itself only. */
export function mergedFields(objects: readonly Fields[]): Fields {
  const members = new Map<string, unknown>();
  for (const object of objects) {
    for (const name of Object.keys(object)) members.set(name, memberOf(object, name));
  }
  return Object.fromEntries(members);
}

/** Undefined where nothing is left. */
export function withoutField(fields: Fields, removed: string): Fields | undefined {
  const { [removed]: _removed, ...left } = mergedFields([fields]);
  return Object.keys(left).length === 0 ? undefined : left;
}

/** What a getter throws stays in here. */
export function memberOf(object: object | undefined, name: string): unknown {
  try {
    return (object as Fields | undefined)?.[name];
  } catch {
    return UNREADABLE;
  }
}

function asJson(value: object, toJson: CallableFunction): ReturnType<typeof fieldsOf> {
  let json: unknown;
  try {
    json = Reflect.apply(toJson, value, []);
  } catch {
    return { value: UNREADABLE };
  }
  return typeof json === 'object' && json !== null && isPlain(json)
    ? { fields: json, value }
    : { value: json };
}

function hasMembers(value: object): boolean {
  if (Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof String) return false;
  return isPlain(value) || value instanceof Map || Object.keys(value).length > 0;
}

function membersOf(value: object): Fields {
  if (!(value instanceof Map)) return value as Fields;
  const entries = [...value.entries()].slice(0, MAX_ENTRIES);
  return Object.fromEntries(
    entries.map(([key, member]) => [typeof key === 'object' ? '[object]' : String(key), member]),
  );
}
