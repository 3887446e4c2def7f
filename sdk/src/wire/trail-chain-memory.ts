/** What a check of a chain remembers of its positions, within bounds whatever the input holds. */

/** About 12 MB for each kind of value. */
const MAX_REMEMBERED = 131_072;

/** A value for each of the positions that came last. */
export class RecentPositions<V> {
  readonly #values = new Map<number, V>();

  get(position: number): V | undefined {
    return this.#values.get(position);
  }

  set(position: number, value: V): void {
    this.#values.set(position, value);
    if (this.#values.size <= MAX_REMEMBERED) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      return;
    }
  }
}

/** Beyond, what stands alone is not remembered. */
const MAX_RANGES = 65_536;

/** Which positions were seen, as ranges `[from, to]` in order: one range when none is missing. */
export class SeenPositions {
  readonly ranges: [number, number][] = [];

  has(position: number): boolean {
    const range = this.ranges[this.#lastFrom(position)];
    return range !== undefined && position <= range[1];
  }

  add(position: number): void {
    const at = this.#lastFrom(position);
    const before = this.ranges[at];
    const behind = this.ranges[at + 1];
    const joinsBefore = before !== undefined && position <= before[1] + 1;
    const joinsBehind = behind !== undefined && position === behind[0] - 1;
    if (joinsBefore && joinsBehind) {
      before[1] = behind[1];
      this.ranges.splice(at + 1, 1);
    } else if (joinsBefore) before[1] = Math.max(before[1], position);
    else if (joinsBehind) behind[0] = position;
    else this.#insert(at + 1, position);
  }

  get highest(): number {
    return this.ranges.at(-1)?.[1] ?? -1;
  }

  /** Positions from 0 to the highest that were not seen. */
  *missing(): Generator<readonly [number, number]> {
    let next = 0;
    for (const [from, to] of this.ranges) {
      if (from > next) yield [next, from - 1];
      next = to + 1;
    }
  }

  #insert(at: number, position: number): void {
    if (this.ranges.length < MAX_RANGES) this.ranges.splice(at, 0, [position, position]);
  }

  /** Index of the last range that begins at or before the position, -1 for none. */
  #lastFrom(position: number): number {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ranges[middle]?.[0] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
