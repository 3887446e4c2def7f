/** Compares what an engine keeps with what it was given. */

/** Whether both are the same JSON, whatever the order of members. */
export function sameJson(a: unknown, b: unknown): boolean {
  return covers(a, b) && covers(b, a);
}

/** Whether `kept` has all of `given`: engines add members of their own, such as defaults and times, but no items to lists. */
export function covers(kept: unknown, given: unknown): boolean {
  if (Array.isArray(given)) {
    return (
      Array.isArray(kept) &&
      kept.length === given.length &&
      given.every((item, position) => covers(kept[position], item))
    );
  }
  if (typeof given === 'object' && given !== null) {
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return false;
    return Object.entries(given).every(
      ([key, value]) => Object.hasOwn(kept, key) && covers((kept as Record<string, unknown>)[key], value),
    );
  }
  return kept === given;
}
