/** Folds floods of trail events into a few records, so that an attack cannot write the bill and no count is lost. */
import type { TrailAction } from '../wire/record.ts';
import { emptyFlood, type Flood, type Folded, foldPlaces, type Place } from './flood.ts';

export type { Folded } from './flood.ts';

/** Whose event it is. */
export interface FoldKey {
  readonly action: TrailAction;
  readonly tenant: string;
  /** Who is counted and capped; empty where nobody is known. */
  readonly principal: string;
  /** Who was tried: tells the events of one address apart where the action is about signing in. */
  readonly user: string;
}

/** Events of one kind that are written whole before folding begins. */
const WHOLE = 3;
const EVERY_MS = 1000;
/** Who was quiet for so long starts anew. */
const QUIET_MS = 60_000;
/** Floods that are known at once; the one that was quiet longest gives way with what it holds. */
const MAX_FLOODS = 1024;
/** Records a second about the users of one principal, and about the principals of one tenant; the rest is one record. */
const MAX_BELOW: Readonly<Record<Flood<unknown>['of'], number>> = { one: 0, users: 25, principals: 100 };
const LEVELS = ['one', 'users', 'principals'] as const;

/** Every event that goes in comes out in the count of exactly one record. */
export class TrailFold<T> {
  readonly #floods = new Map<string, Flood<T>>();
  /** When something has waited for a second, milliseconds. */
  #dueAt = Number.POSITIVE_INFINITY;

  /** Records to write now. `make` is only called for an event that is written or has to stand for others. */
  take(key: FoldKey, make: () => T, nowMs: number): Folded<T>[] {
    const out: Folded<T>[] = [];
    const [own, groups] = foldPlaces(key);
    const known = this.#floods.get(own.id);
    if (known !== undefined && known.folded === 0 && nowMs - known.writtenAt >= QUIET_MS) known.whole = 0;
    const room = this.#hasRoom(groups, nowMs);
    if (room && (known === undefined || known.whole < WHOLE)) {
      const flood = this.#flood(own, groups, nowMs, out);
      flood.whole += 1;
      flood.writtenAt = nowMs;
      this.#countBelow(groups, nowMs, out);
      out.push({ event: make(), count: 1, of: 'one', names: [] });
      return out;
    }
    // Where nothing may be opened, the narrowest group that is there already takes it: there is one, the full one.
    const place = known === undefined ? groups.find(({ id }) => this.#floods.has(id)) : undefined;
    const flood = this.#flood(place ?? own, place === undefined ? groups : above(groups, place), nowMs, out);
    this.#fold(flood, { count: 1, name: place?.child }, make);
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
    for (const level of LEVELS) {
      for (const flood of [...this.#floods.values()]) {
        if (flood.of !== level || flood.folded === 0 || nowMs - flood.writtenAt < waitedMs) continue;
        const [group, ...wider] = flood.groups;
        if (group === undefined || this.#hasRoom(flood.groups, nowMs)) {
          this.#countBelow(flood.groups, nowMs, out);
          this.#tell(flood, out);
        } else {
          const { kept, folded: count } = flood;
          this.#fold(this.#flood(group, wider, nowMs, out), { count, name: group.child }, () => kept as T);
          clear(flood);
        }
        flood.writtenAt = nowMs;
      }
    }
    this.#dueAt = Number.POSITIVE_INFINITY;
    for (const { folded, writtenAt } of this.#floods.values()) {
      if (folded > 0) this.#dueAt = Math.min(this.#dueAt, writtenAt + EVERY_MS);
    }
    return out;
  }

  #fold(
    flood: Flood<T>,
    { count, name }: { readonly count: number; readonly name: string | undefined },
    make: () => T,
  ): void {
    if (flood.folded === 0) flood.kept = make();
    flood.folded += count;
    if (name !== undefined) flood.names.add(name);
    this.#dueAt = Math.min(this.#dueAt, flood.writtenAt + EVERY_MS);
  }

  #tell(flood: Flood<T>, out: Folded<T>[]): void {
    if (flood.folded === 0) return;
    const { kept, folded: count, of, names } = flood;
    out.push({ event: kept as T, count, of, names: names.list });
    clear(flood);
  }

  /** The flood at a place, now the last one to give way. */
  #flood(place: Place, groups: readonly Place[], nowMs: number, out: Folded<T>[]): Flood<T> {
    const known = this.#floods.get(place.id);
    if (known !== undefined) {
      // Only where somebody may soon have to give way: moving it costs more than all the rest.
      if (this.#floods.size > MAX_FLOODS / 2) {
        this.#floods.delete(place.id);
        this.#floods.set(place.id, known);
      }
      return known;
    }
    const flood = emptyFlood<T>(place, groups, nowMs);
    this.#floods.set(place.id, flood);
    if (this.#floods.size > MAX_FLOODS) {
      for (const [id, quietest] of this.#floods) {
        this.#floods.delete(id);
        this.#tell(quietest, out);
        break;
      }
    }
    return flood;
  }

  #hasRoom(groups: readonly Place[], nowMs: number): boolean {
    return groups.every(({ id }) => {
      const group = this.#floods.get(id);
      return group === undefined || nowMs - group.since >= EVERY_MS || group.below < MAX_BELOW[group.of];
    });
  }

  #countBelow(groups: readonly Place[], nowMs: number, out: Folded<T>[]): void {
    for (const [at, place] of groups.entries()) {
      const group = this.#flood(place, groups.slice(at + 1), nowMs, out);
      if (nowMs - group.since >= EVERY_MS) {
        group.since = nowMs;
        group.below = 0;
      }
      group.below += 1;
    }
  }
}

function above(groups: readonly Place[], place: Place): readonly Place[] {
  return groups.slice(groups.indexOf(place) + 1);
}

function clear(flood: Flood<unknown>): void {
  flood.folded = 0;
  flood.kept = undefined;
  flood.names.clear();
}
