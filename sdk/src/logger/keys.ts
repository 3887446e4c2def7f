/** Keys that go with each line of a logger: immutable sets of a bounded number, so that a line pays nothing for them. */

export type Keys = Readonly<Record<string, unknown>>;

/** Keys that one set holds; those beyond it are left out. */
export const MAX_KEYS = 100;
const UNREADABLE = '[unreadable]';

export interface AddedKeys {
  readonly keys: Keys | undefined;
  /** How many found no room. */
  readonly ignored: number;
}

/** `given` over `current`, one level deep. What is not an object with members adds none. Never throws. */
export function addKeys(current: Keys | undefined, given: unknown): AddedKeys {
  const names = namesOf(given);
  if (names.length === 0) return { keys: current, ignored: 0 };
  const keys: Record<string, unknown> = { ...current };
  let room = MAX_KEYS - (current === undefined ? 0 : Object.keys(current).length);
  let ignored = 0;
  for (const name of names) {
    const isNew = !Object.hasOwn(keys, name);
    if (isNew && room === 0) {
      ignored += 1;
      continue;
    }
    if (isNew) room -= 1;
    setMember(keys, name, readMember(given, name));
  }
  return { keys, ignored };
}

/** Undefined when none are left. Never throws. */
export function removeKeys(current: Keys | undefined, names: unknown): Keys | undefined {
  if (current === undefined) return undefined;
  try {
    if (!Array.isArray(names)) return current;
    const left = Object.entries(current).filter(([name]) => !names.includes(name));
    return left.length === 0 ? undefined : Object.fromEntries(left);
  } catch {
    // A proxy refused to be a list.
    return current;
  }
}

/** Gives the keys of both, those of the second over those of the first: the same object for the same two. */
export class MergedKeys {
  readonly #first: Keys;
  /** Weak, because a set that ends with its invocation must not live on here. */
  readonly #merged: WeakMap<Keys, Keys> = new WeakMap();

  constructor(first: Keys) {
    this.#first = first;
  }

  with(second: Keys): Keys {
    const known = this.#merged.get(second);
    if (known !== undefined) return known;
    const merged = { ...this.#first, ...second };
    this.#merged.set(second, merged);
    return merged;
  }
}

/** Assigning `__proto__` would set the prototype instead of a member. */
function setMember(keys: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') keys[name] = value;
  else Object.defineProperty(keys, name, { value, enumerable: true, configurable: true, writable: true });
}

function namesOf(given: unknown): readonly string[] {
  if (typeof given !== 'object' || given === null) return [];
  try {
    return Array.isArray(given) ? [] : Object.keys(given);
  } catch {
    // A proxy refused to name its members.
    return [];
  }
}

function readMember(given: unknown, name: string): unknown {
  try {
    return (given as Record<string, unknown>)[name];
  } catch {
    // A getter that throws costs its own member only.
    return UNREADABLE;
  }
}
