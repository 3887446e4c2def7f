/** Links the trail records of one instance as they are numbered, so that what is changed or missing later shows. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { RecordHead, Rollup, TrailBody, TrailLink } from '../wire/record.ts';
import { MACHINE_KEY } from '../wire/record.ts';
import { FIRST_PREV, linkHash } from '../wire/trail-chain.ts';

/** The end of the chain so far, as rollups tell it. */
export type ChainEnd = NonNullable<Rollup['chain']>;

export class TrailChain {
  #records = 0;
  #last: string = FIRST_PREV;
  #key: { readonly id: string; readonly secret: KeyObject } | undefined;

  /** Makes all further hashes with the key. The first of them also vouches for the records before it. */
  anchor(id: string, key: Uint8Array): void {
    this.#key ??= { id, secret: createSecretKey(key) };
  }

  /** Undefined before the first record. */
  get end(): ChainEnd | undefined {
    return this.#records === 0 ? undefined : { records: this.#records, hash: this.#last };
  }

  /** The link of the next record, which counts as written. */
  seal(head: RecordHead, body: TrailBody): TrailLink {
    const { version: v, channel, kind, instance, seq, weight, level, timestamp } = head;
    const chain = {
      n: this.#records,
      prev: this.#last,
      ...(this.#key === undefined ? {} : { key: this.#key.id }),
    };
    const machine = { v, channel, kind, instance, seq, weight };
    const hash = linkHash({ ...body, level, timestamp, [MACHINE_KEY]: machine, chain }, this.#key?.secret);
    this.#records += 1;
    this.#last = hash;
    return { ...chain, hash };
  }
}
