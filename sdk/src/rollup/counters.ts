/** Adds up the business counters that handlers name. */
import type { CounterValue } from '../wire/record.ts';

const MAX_COUNTERS = 200;
const MAX_NAME_CHARS = 128;
const MAX_UNIT_CHARS = 32;

export class Counters {
  readonly #values = new Map<string, CounterValue>();

  /** False for what cannot be counted: a negative or infinite value, an empty name, one name too many. */
  add(name: string, value: number, unit: string): boolean {
    if (typeof name !== 'string' || name === '' || typeof unit !== 'string') return false;
    if (typeof value !== 'number' || !(value >= 0 && value < Number.POSITIVE_INFINITY)) return false;
    const shortName = name.slice(0, MAX_NAME_CHARS);
    const shortUnit = unit.slice(0, MAX_UNIT_CHARS);
    const key = `${shortName}\n${shortUnit}`;
    const known = this.#values.get(key);
    if (known === undefined && this.#values.size >= MAX_COUNTERS) return false;
    this.#values.set(key, { name: shortName, unit: shortUnit, value: (known?.value ?? 0) + value });
    return true;
  }

  rows(): CounterValue[] {
    return [...this.#values.values()];
  }
}
