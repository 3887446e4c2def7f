/** Looks at the values that callers log, which are hostile at worst: getters throw, proxies refuse. */
import { types } from 'node:util';

export type Fields = Readonly<Record<string, unknown>>;

/** Stands for what refused to be read. */
export const UNREADABLE = '[unreadable]';

/** What the work gives, or `otherwise` where something of the caller's throws in it. */
export function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** An object as literals and JSON make them. May throw on a proxy. */
export function isPlain(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Also true for errors of another realm (`node:vm`, test runners), which `instanceof` does not see. */
export function isError(value: unknown): value is Error {
  return (
    typeof value === 'object' && attempt(() => value instanceof Error || types.isNativeError(value), false)
  );
}

/** Undefined where there is no object. */
export function memberOf(object: unknown, name: string): unknown {
  try {
    return (object as Fields | undefined)?.[name];
  } catch {
    return UNREADABLE;
  }
}

export function textOf(value: unknown): string {
  return attempt(() => String(value), UNREADABLE);
}

/** Later members win. One that cannot be read costs itself only; a proxy may throw. */
export function mergedMembers(objects: readonly unknown[]): Map<string, unknown> {
  const members = new Map<string, unknown>();
  for (const object of objects) {
    for (const name of Object.keys(object ?? {})) members.set(name, memberOf(object, name));
  }
  return members;
}
