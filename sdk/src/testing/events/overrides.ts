/** Lays what a test cares about over a whole event, member by member. */

/** Any part of an event, at any depth. */
export type Overrides<T> = T extends readonly (infer Item)[]
  ? readonly Overrides<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Overrides<T[Key]> | undefined }
    : T;

/** Objects are merged; everything else, lists included, takes the place of what was there; `undefined` removes. */
export function withOverrides<T extends object>(base: T, overrides: Overrides<T> | undefined): T {
  return overrides === undefined ? base : (merged(base, overrides) as T);
}

/** One record for each of `overrides`, or one alone. Each is laid over `record(position)`, which gives it ids of its own. */
export function withRecords<R extends object>(
  record: (position: number) => R,
  overrides: readonly Overrides<R>[] | undefined,
): R[] {
  return (overrides ?? [undefined]).map((one, position) => withOverrides(record(position), one));
}

function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
