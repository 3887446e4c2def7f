/** Copies what a caller gave with one member changed, so that the caller's own object is never touched. */

export type Fields = Readonly<Record<string, unknown>>;

/**
 * True for object literals of any realm. Others (class instances, maps) are left alone: a copy of one loses
 * what its prototype or its private members say.
 */
export function isPlain(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** Members keep their descriptors: a getter is not called, and one that cannot be enumerated is still there. */
export function withMember(object: Fields, name: string, value: unknown): Fields {
  return Object.create(Object.getPrototypeOf(object), {
    ...Object.getOwnPropertyDescriptors(object),
    [name]: { value, enumerable: true, writable: true, configurable: true },
  });
}
