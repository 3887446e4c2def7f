/** Keys that go with each line of a logger: immutable sets of a bounded number, so that a line pays nothing for them. */
import { attempt, type Fields, mergedMembers } from './caller-value.ts';

export type Keys = Fields;

/** Keys that one set holds; those beyond it are left out. */
export const MAX_KEYS = 100;

export interface AddedKeys {
  readonly keys: Keys | undefined;
  /** How many found no room. */
  readonly ignored: number;
}

/** `given` over `current`, one level deep. What is not an object with members adds none. Never throws. */
export function addKeys(current: Keys | undefined, given: unknown): AddedKeys {
  const unchanged = { keys: current, ignored: 0 };
  if (typeof given !== 'object' || given === null) return unchanged;
  try {
    if (Array.isArray(given)) return unchanged;
    const keys = { ...current, ...given };
    const count = Object.keys(keys).length;
    if (count <= MAX_KEYS) return count === 0 ? unchanged : { keys, ignored: 0 };
  } catch {
    // A getter threw: it costs its own member only.
  }
  return attempt(() => {
    const members = [...mergedMembers([current, given])];
    return {
      keys: Object.fromEntries(members.slice(0, MAX_KEYS)),
      ignored: Math.max(0, members.length - MAX_KEYS),
    };
  }, unchanged);
}

/** Undefined when none are left. Never throws. */
export function removeKeys(current: Keys | undefined, names: unknown): Keys | undefined {
  return attempt(() => {
    if (current === undefined || !Array.isArray(names)) return current;
    const left = Object.entries(current).filter(([name]) => !names.includes(name));
    return left.length === 0 ? undefined : Object.fromEntries(left);
  }, current);
}
