/** One flood of trail events: what is known of it while it is folded, and the groups that it may be told with. */
import type { FoldKey } from './trail-fold.ts';

/** An event and what a record of it stands for. */
export interface Folded<T> {
  /** The first of them. */
  readonly event: T;
  readonly count: number;
  /** Whose events: of `one`, of many `users` of one principal, or of many `principals` of one tenant. */
  readonly of: 'one' | 'users' | 'principals';
  /** Those of the many, as far as there was room; none for `one`. */
  readonly names: readonly string[];
}

/** Where events are counted: by action, tenant, and as narrow as `of` says. */
export interface Place {
  readonly id: string;
  readonly of: Folded<unknown>['of'];
  /** What the event that is placed here is called among the others. */
  readonly child: string;
}

export interface Flood<T> {
  readonly of: Place['of'];
  /** From narrow to wide. */
  readonly groups: readonly Place[];
  /** Events written whole, of those that come without a minute's pause. */
  whole: number;
  folded: number;
  /** The first of those that are folded. */
  kept: T | undefined;
  readonly names: Names;
  /** When a record of it was last written, milliseconds. */
  writtenAt: number;
  /** Records written about what is below it, in the second that began at `since`. */
  below: number;
  since: number;
}

const MAX_NAMES = 64;
const MAX_NAME_CHARS = 64;

class Names {
  readonly #names = new Set<string>();

  add(name: string): void {
    if (name !== '' && this.#names.size < MAX_NAMES) this.#names.add(name.slice(0, MAX_NAME_CHARS));
  }

  clear(): void {
    this.#names.clear();
  }

  get list(): readonly string[] {
    return [...this.#names];
  }
}

export function emptyFlood<T>(place: Place, groups: readonly Place[], nowMs: number): Flood<T> {
  return {
    of: place.of,
    groups,
    whole: 0,
    folded: 0,
    kept: undefined,
    names: new Names(),
    writtenAt: nowMs,
    below: 0,
    since: nowMs,
  };
}

/** Where an event is counted, and the groups around that, from narrow to wide. */
export function foldPlaces({ action, tenant, principal, user }: FoldKey): readonly [Place, readonly Place[]] {
  const ofTenant: Place = { id: idOf(action, tenant), of: 'principals', child: principal };
  const id = idOf(action, tenant, principal);
  // Whoever tries passwords is one address and many users, and the users are what detectors count.
  if (!action.startsWith('authn_')) return [{ id, of: 'one', child: '' }, [ofTenant]];
  const ofPrincipal: Place = { id, of: 'users', child: user };
  return [{ id: idOf(action, tenant, principal, user), of: 'one', child: '' }, [ofPrincipal, ofTenant]];
}

/** Each part behind its length, so that no part can pass for two. */
function idOf(...parts: readonly string[]): string {
  let id = '';
  for (const part of parts) id += `${part.length}:${part}`;
  return id;
}
