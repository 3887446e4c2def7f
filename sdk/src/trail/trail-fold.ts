/** Folds floods of trail events into a few records, so that an attack cannot write the bill and no count is lost. */
import { type Flood, type Folded, type FoldKey, foldPlace, type Place } from './flood.ts';

export type { Folded, FoldKey } from './flood.ts';

/** Events of one kind that are written whole before folding begins. */
const WHOLE = 3;
const EVERY_MS = 1000;
/** Who was quiet for so long starts anew. */
const QUIET_MS = 60_000;
/** Floods that are known at once; the one that was quiet longest gives way with what it holds. */
const MAX_FLOODS = 1024;
const MAX_NAMES = 64;
const MAX_NAME_CHARS = 64;
/**
 * Records a second about the users of one principal, and about the principals of one tenant; the rest is one record.
 * From narrow to wide.
 */
const MAX_BELOW: Readonly<Record<Place['of'], number>> = { one: 0, users: 25, principals: 100 };

/** Every event that goes in comes out in the count of exactly one record. */
export class TrailFold<T> {
  readonly #floods = new Map<string, Flood<T>>();
  /** When something has waited for a second, milliseconds. */
  #dueAt = Number.POSITIVE_INFINITY;

  /** Records to write now. `make` is only called for an event that is written or has to stand for others. */
  take(key: FoldKey, make: () => T, nowMs: number): Folded<T>[] {
    const out: Folded<T>[] = [];
    let place = foldPlace(key);
    const known = this.#floods.get(place.id);
    if (known?.folded === 0 && nowMs - known.writtenAt >= QUIET_MS) known.whole = 0;
    if ((known?.whole ?? 0) < WHOLE && this.#hasRoom(place.wider, nowMs)) {
      const flood = this.#flood(place, nowMs, out);
      flood.whole += 1;
      flood.writtenAt = nowMs;
      this.#countBelow(place.wider, nowMs, out);
      out.push({ event: make(), count: 1, of: 'one', names: [] });
    } else {
      // Where nothing may be opened, the narrowest that is there already takes it: there is one, the group that is full.
      while (!this.#floods.has(place.id) && place.wider !== undefined) place = place.wider;
      this.#fold(this.#flood(place, nowMs, out), place.child, 1, make);
    }
    return out;
  }

  /** Floods that have waited for a second. */
  due(nowMs: number): Folded<T>[] {
    return nowMs < this.#dueAt ? [] : this.#release(nowMs, EVERY_MS);
  }

  /** All that waits. */
  drain(nowMs: number): Folded<T>[] {
    return this.#dueAt === Number.POSITIVE_INFINITY ? [] : this.#release(nowMs, Number.NEGATIVE_INFINITY);
  }

  #release(nowMs: number, waitedMs: number): Folded<T>[] {
    const out: Folded<T>[] = [];
    // From narrow to wide, so that what joins a group can leave with it.
    for (const level of Object.keys(MAX_BELOW)) {
      for (const flood of [...this.#floods.values()]) {
        const { of, wider } = flood.place;
        if (of !== level || flood.folded === 0 || nowMs - flood.writtenAt < waitedMs) continue;
        if (wider === undefined || this.#hasRoom(wider, nowMs)) {
          this.#countBelow(wider, nowMs, out);
          this.#tell(flood, out);
        } else {
          const group = this.#flood(wider, nowMs, out);
          const { kept, folded } = flood;
          // Nothing is left of one that had to give way to its group.
          if (folded > 0) this.#fold(group, wider.child, folded, () => kept as T);
          clear(flood);
        }
        flood.writtenAt = nowMs;
      }
    }
    this.#dueAt = Number.POSITIVE_INFINITY;
    for (const flood of this.#floods.values()) this.#await(flood);
    return out;
  }

  #fold(flood: Flood<T>, child: string, count: number, make: () => T): void {
    if (flood.folded === 0) flood.kept = make();
    flood.folded += count;
    if (child !== '' && flood.names.size < MAX_NAMES) flood.names.add(child.slice(0, MAX_NAME_CHARS));
    this.#await(flood);
  }

  #await({ folded, writtenAt }: Flood<T>): void {
    if (folded > 0) this.#dueAt = Math.min(this.#dueAt, writtenAt + EVERY_MS);
  }

  #tell(flood: Flood<T>, out: Folded<T>[]): void {
    const { kept, folded: count, names } = flood;
    if (count > 0) out.push({ event: kept as T, count, of: flood.place.of, names: [...names] });
    clear(flood);
  }

  /** The flood at a place, now the last one to give way. */
  #flood(place: Place, nowMs: number, out: Folded<T>[]): Flood<T> {
    const known = this.#floods.get(place.id);
    // Only where somebody may soon have to give way: moving it costs more than all the rest.
    if (known !== undefined && this.#floods.size <= MAX_FLOODS / 2) return known;
    const flood = known ?? {
      place,
      whole: 0,
      folded: 0,
      kept: undefined,
      names: new Set(),
      writtenAt: nowMs,
      below: 0,
      since: nowMs,
    };
    this.#floods.delete(place.id);
    this.#floods.set(place.id, flood);
    for (const [id, quietest] of this.#floods) {
      if (this.#floods.size <= MAX_FLOODS) break;
      this.#floods.delete(id);
      this.#tell(quietest, out);
    }
    return flood;
  }

  /** In a place and all that is around it. */
  #hasRoom(place: Place | undefined, nowMs: number): boolean {
    if (place === undefined) return true;
    const group = this.#floods.get(place.id);
    return (
      (group === undefined || nowMs - group.since >= EVERY_MS || group.below < MAX_BELOW[place.of]) &&
      this.#hasRoom(place.wider, nowMs)
    );
  }

  #countBelow(place: Place | undefined, nowMs: number, out: Folded<T>[]): void {
    if (place === undefined) return;
    const group = this.#flood(place, nowMs, out);
    if (nowMs - group.since >= EVERY_MS) {
      group.since = nowMs;
      group.below = 0;
    }
    group.below += 1;
    this.#countBelow(place.wider, nowMs, out);
  }
}

function clear(flood: Flood<unknown>): void {
  flood.folded = 0;
  flood.kept = undefined;
  flood.names.clear();
}
