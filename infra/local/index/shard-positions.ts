/** Knows up to where each shard of the indices has been read, by the sequence numbers that OpenSearch gives its writes. */

/** A primary shard, and the sequence number up to which everything in it is written; -1 before the first. */
export interface ShardState {
  readonly index: string;
  readonly shard: string;
  readonly written: number;
  /** The last number that was given to a write. */
  readonly given: number;
}

/** Documents to read: of one shard, behind `from` up to `to`. */
export interface ShardSpan {
  readonly index: string;
  readonly shard: string;
  readonly from: number;
  readonly to: number;
}

/** Of what was there at the start, the newest so many of each channel are read. */
const HISTORY = 5_000;

export class ShardPositions {
  /** Sequence number of the last one read, by `<index>/<shard>`. */
  readonly #read = new Map<string, number>();
  #behind: ReadonlyMap<string, { readonly written: number }> = new Map();
  #begun = false;

  /** What there is to read, the oldest index first. */
  spans(states: readonly ShardState[]): readonly ShardSpan[] {
    if (!this.#begun) this.#begin(states);
    return states
      .map(({ index, shard, written }) => ({
        index,
        shard,
        from: this.#from(index, shard, written),
        to: written,
      }))
      .filter(({ from, to }) => to > from)
      .sort((a, b) => (a.index < b.index ? -1 : a.index > b.index ? 1 : 0));
  }

  /** Indices with a shard whose writes have not been done since the last time that this was asked. */
  stuck(states: readonly ShardState[]): readonly string[] {
    const behind = new Map(
      states
        .filter(({ written, given }) => written < given)
        .map(({ index, shard, written }) => [`${index}/${shard}`, { index, written }]),
    );
    const stuck = [...behind].filter(([key, { written }]) => this.#behind.get(key)?.written === written);
    this.#behind = behind;
    return [...new Set(stuck.map(([, { index }]) => index))];
  }

  /** Everything of a shard up to this number has been read. */
  advance({ index, shard }: ShardSpan, to: number): void {
    this.#read.set(`${index}/${shard}`, to);
  }

  #from(index: string, shard: string, written: number): number {
    const from = this.#read.get(`${index}/${shard}`) ?? -1;
    // Numbers that fell are those of another index under the name of one that was removed.
    return from > written ? -1 : from;
  }

  #begin(states: readonly ShardState[]): void {
    this.#begun = true;
    const left = new Map<string, number>();
    for (const { index, shard, written } of states.toSorted((a, b) => (a.index < b.index ? 1 : -1))) {
      const channel = index.slice(0, index.indexOf('-'));
      const budget = left.get(channel) ?? HISTORY;
      const from = Math.max(-1, written - budget);
      left.set(channel, budget - (written - from));
      this.#read.set(`${index}/${shard}`, from);
    }
  }
}
