/** Counts the busiest principals in fixed memory (Space-Saving, Metwally et al. 2005). */
import type { PrincipalCount } from '../wire/record.ts';

const MAX_PRINCIPALS = 256;

interface Slot {
  readonly tenant: string;
  readonly principal: string;
  /** What the sketch ranks by: an upper bound on all that the principal did. */
  rank: number;
  /** Counted since it took the slot: never more than it did, which is all that is ever reported. */
  served: number;
  refused: number;
  changed: boolean;
}

/**
 * A newcomer takes the slot of the lowest rank and inherits the rank, not the counts: nobody is told to have
 * done what another did. One that was displaced and returns starts anew.
 */
export class SpaceSaving {
  readonly #size: number;
  readonly #slots = new Map<string, Slot>();

  constructor(size: number = MAX_PRINCIPALS) {
    this.#size = size;
  }

  add(tenant: string, principal: string, outcome: 'served' | 'refused'): void {
    const key = `${tenant}\n${principal}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = { tenant, principal, rank: this.#displaceLowest(), served: 0, refused: 0, changed: false };
      this.#slots.set(key, slot);
    }
    slot.rank += 1;
    slot[outcome] += 1;
    slot.changed = true;
  }

  /** Rows that changed since the last call. */
  takeChanged(): PrincipalCount[] {
    const rows: PrincipalCount[] = [];
    for (const slot of this.#slots.values()) {
      if (!slot.changed) continue;
      slot.changed = false;
      rows.push({
        tenant: slot.tenant,
        principal: slot.principal,
        count: slot.served,
        refused: slot.refused,
      });
    }
    return rows;
  }

  /** Rank that a newcomer inherits: 0 while there is room. */
  #displaceLowest(): number {
    if (this.#slots.size < this.#size) return 0;
    let lowest = Number.POSITIVE_INFINITY;
    let lowestKey = '';
    for (const [key, { rank }] of this.#slots) {
      if (rank >= lowest) continue;
      lowest = rank;
      lowestKey = key;
    }
    this.#slots.delete(lowestKey);
    return lowest;
  }
}
