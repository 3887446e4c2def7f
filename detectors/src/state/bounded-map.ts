/** Maps of fixed size that forget what was used longest ago, so that no sender can grow a detector's state. */

/** The entry, now the most recently used. */
export function useEntry<V>(map: Map<string, V>, key: string): V | undefined {
  const value = map.get(key);
  if (value === undefined) return undefined;
  map.delete(key);
  map.set(key, value);
  return value;
}

/** Adds or replaces as the most recently used; returns the entry that had to leave for it. */
export function putEntry<V>(
  map: Map<string, V>,
  limit: number,
  key: string,
  value: V,
): readonly [string, V] | undefined {
  map.delete(key);
  map.set(key, value);
  if (map.size <= limit) return undefined;
  const [oldest] = map;
  if (oldest !== undefined) map.delete(oldest[0]);
  return oldest;
}
