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
  readonly #tenants = new Map<string, Map<string, Slot>>();
  #taken = 0;
  /** Slots that had the lowest rank when they were last looked for; those that still have it are the lowest. */
  #lowest: Slot[] = [];
  #lowestRank = 0;

  constructor(size: number = MAX_PRINCIPALS) {
    this.#size = size;
  }

  add(tenant: string, principal: string, outcome: 'served' | 'refused'): void {
    const slot = this.#tenants.get(tenant)?.get(principal) ?? this.#take(tenant, principal);
    slot.rank += 1;
    slot[outcome] += 1;
    slot.changed = true;
  }

  /** Rows that changed since the last call. */
  takeChanged(): PrincipalCount[] {
    const rows: PrincipalCount[] = [];
    for (const slot of this.#slots()) {
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

  #take(tenant: string, principal: string): Slot {
    const rank = this.#taken < this.#size ? 0 : this.#displaceLowest();
    const slot: Slot = { tenant, principal, rank, served: 0, refused: 0, changed: false };
    const slots = this.#tenants.get(tenant) ?? new Map<string, Slot>();
    slots.set(principal, slot);
    this.#tenants.set(tenant, slots);
    this.#taken += 1;
    return slot;
  }

  /** Frees a slot and returns the rank that the newcomer inherits. */
  #displaceLowest(): number {
    let slot = this.#nextLowest();
    if (slot === undefined) {
      this.#findLowest();
      slot = this.#nextLowest();
    }
    if (slot === undefined) return 0;
    const slots = this.#tenants.get(slot.tenant);
    slots?.delete(slot.principal);
    if (slots?.size === 0) this.#tenants.delete(slot.tenant);
    this.#taken -= 1;
    return slot.rank;
  }

  #nextLowest(): Slot | undefined {
    let slot = this.#lowest.pop();
    while (slot !== undefined && slot.rank !== this.#lowestRank) slot = this.#lowest.pop();
    return slot;
  }

  /** One pass finds all slots of the lowest rank, so that a flood of newcomers does not pay for one each. */
  #findLowest(): void {
    this.#lowestRank = Infinity;
    for (const slot of this.#slots()) {
      if (slot.rank > this.#lowestRank) continue;
      if (slot.rank < this.#lowestRank) this.#lowest = [];
      this.#lowestRank = slot.rank;
      this.#lowest.push(slot);
    }
  }

  *#slots(): Iterable<Slot> {
    for (const slots of this.#tenants.values()) yield* slots.values();
  }
}
