/** Folds a flood of one kind of event into a few records, so that an attack cannot write the bill. */

/** An event and how many like it a record of it stands for. */
export interface Folded<T> {
  readonly event: T;
  readonly count: number;
}

interface Flood<T> {
  whole: number;
  folded: number;
  latest: T;
  /** When a record of it was last written, milliseconds. */
  writtenAt: number;
}

/** Events of one principal that are written whole before folding begins. */
const WHOLE = 3;
const EVERY_MS = 1000;
/** A principal that was quiet for so long starts anew. */
const QUIET_MS = 60_000;
const MAX_FLOODS = 256;

/** Every event that goes in comes out in the count of exactly one record. */
export class FloodFold<T> {
  readonly #floods = new Map<string, Flood<T>>();
  #waiting = 0;

  /** Records to write now. */
  take(key: string, event: T, nowMs: number): Folded<T>[] {
    const known = this.#floods.get(key);
    if (known === undefined || (known.folded === 0 && nowMs - known.writtenAt >= QUIET_MS)) {
      const displaced = this.#makeRoom(key);
      this.#floods.set(key, { whole: 1, folded: 0, latest: event, writtenAt: nowMs });
      return [...displaced, { event, count: 1 }];
    }
    known.latest = event;
    if (known.whole < WHOLE) {
      known.whole += 1;
      known.writtenAt = nowMs;
      return [{ event, count: 1 }];
    }
    known.folded += 1;
    this.#waiting += 1;
    return [];
  }

  /** Floods that have waited for a second. */
  due(nowMs: number): Folded<T>[] {
    return this.#waiting === 0 ? [] : this.#release(nowMs, EVERY_MS);
  }

  /** All that waits. */
  drain(nowMs: number): Folded<T>[] {
    return this.#release(nowMs, Number.NEGATIVE_INFINITY);
  }

  #release(nowMs: number, waitedMs: number): Folded<T>[] {
    const released: Folded<T>[] = [];
    for (const flood of this.#floods.values()) {
      if (flood.folded === 0 || nowMs - flood.writtenAt < waitedMs) continue;
      released.push({ event: flood.latest, count: flood.folded });
      this.#waiting -= flood.folded;
      flood.folded = 0;
      flood.writtenAt = nowMs;
    }
    return released;
  }

  /** The flood that began first gives way, with what it holds. */
  #makeRoom(key: string): Folded<T>[] {
    this.#floods.delete(key);
    if (this.#floods.size < MAX_FLOODS) return [];
    for (const [oldest, { folded, latest }] of this.#floods) {
      this.#floods.delete(oldest);
      this.#waiting -= folded;
      return folded === 0 ? [] : [{ event: latest, count: folded }];
    }
    return [];
  }
}
