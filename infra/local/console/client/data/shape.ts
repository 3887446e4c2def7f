/** Checks that what came over the wire has the shape that the page draws. */

/** True when the value is one. */
export type Shape<T> = (value: unknown) => value is T;

export const text: Shape<string> = (value) => typeof value === 'string';
export const number: Shape<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const flag: Shape<boolean> = (value) => typeof value === 'boolean';

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value): value is T | undefined => value === undefined || shape(value);
}

export function oneOf<T extends string>(...names: readonly T[]): Shape<T> {
  return (value): value is T => names.some((name) => name === value);
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((one) => shape(one));
}

export function recordOf<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    typeof value === 'object' && value !== null && Object.values(value).every((one) => shape(one));
}

/** Every field has its shape; there may be more of them. */
export function object<T extends object>(fields: { readonly [Key in keyof T]-?: Shape<T[Key]> }): Shape<T> {
  const checks = Object.entries(fields) as [string, Shape<unknown>][];
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    checks.every(([name, shape]) => shape((value as Readonly<Record<string, unknown>>)[name]));
}
