/** Checks the trail of one instance, record by record, in any order and within bounded memory. */
import type { KeyObject } from 'node:crypto';
import type { TrailLink } from './record.ts';
import { FIRST_PREV, linkHash } from './trail-chain.ts';
import type { InputReading, Json } from './trail-chain-input.ts';
import { RecentPositions, SeenPositions } from './trail-chain-memory.ts';
import { FindingList, type InstanceReport, type TrailProblem } from './trail-chain-report.ts';

export type TrailReading = Extract<InputReading, { readonly is: 'trail' }>;
export type RollupReading = Extract<InputReading, { readonly is: 'rollup' }>;

export interface InstanceRules {
  /** The secret of a key; undefined for one that is not known. */
  readonly keyOf: (id: string) => KeyObject | undefined;
  /** Whether any key was given, so that a chain without one proves nothing. */
  readonly keyed: boolean;
}

/** 128 bits of a hash are as good as all of it to tell records apart, in 16 bytes instead of 64. */
const FINGERPRINT_DIGITS = 32;

export class InstanceTrail {
  readonly #instance: string;
  readonly #rules: InstanceRules;
  readonly #findings = new FindingList();
  readonly #seen = new SeenPositions();
  /** By position: fingerprint of the record's hash, and of the one it names as before it. */
  readonly #hashes = new RecentPositions<string>();
  readonly #prevs = new RecentPositions<string>();
  /** Sequence numbers: of trail records with their position, and of all others. */
  readonly #seqs = new RecentPositions<number>();
  readonly #otherSeqs = new SeenPositions();
  #service = '';
  #records = 0;
  #duplicates = 0;
  #first = '';
  #last = '';
  #key: string | undefined;
  #firstKeyed = Number.POSITIVE_INFINITY;
  #lastUnkeyed = -1;
  #unchecked: { from: number; to: number; key: string } | undefined;
  #unlinked = 0;
  #unlinkedAt = 0;
  #end: RollupReading['end'];

  constructor(instance: string, rules: InstanceRules) {
    this.#instance = instance;
    this.#rules = rules;
  }

  get records(): number {
    return this.#records;
  }

  /** A line of another kind, which takes a sequence number all the same. */
  takeOther(seq: number, at: number): void {
    const taken = this.#seqs.get(seq);
    if (taken === undefined) this.#otherSeqs.add(seq);
    else this.#find('forged', taken, at, seqTwice(seq));
  }

  takeRollup({ head, service, end }: RollupReading, at: number): void {
    this.#service ||= service;
    this.takeOther(head.seq, at);
    if (end === undefined) return;
    if (this.#end !== undefined && this.#end.records === end.records && this.#end.hash !== end.hash) {
      this.#find('forged', end.records - 1, at, 'two rollups name different ends of the chain');
    }
    const there = this.#hashes.get(end.records - 1);
    if (there !== undefined && there !== fingerprint(end.hash)) {
      this.#find('changed', end.records - 1, at, 'it is not the record that a rollup names as the last');
    }
    if (end.records > (this.#end?.records ?? 0)) this.#end = end;
  }

  takeTrail(reading: TrailReading, at: number, ordered: boolean): void {
    const { head, service, record, link, oddity } = reading;
    this.#service ||= service;
    if (link === undefined) {
      if (oddity !== undefined)
        this.#find('changed', undefined, at, `trail record with seq ${head.seq}: ${oddity}`);
      else if (this.#unlinked++ === 0) this.#unlinkedAt = at;
      return;
    }
    const trouble = oddity ?? this.#contentTrouble(record, link);
    if (this.#seen.has(link.n)) this.#takeAgain(link, trouble, at);
    else this.#takeNew(reading, link, trouble, { at, ordered });
  }

  report(): InstanceReport {
    this.#settle();
    return {
      instance: this.#instance,
      service: this.#service,
      ok: this.#findings.listed.length === 0,
      records: this.#records,
      duplicates: this.#duplicates,
      first: this.#first,
      last: this.#last,
      ...(this.#key === undefined ? {} : { key: this.#key }),
      findings: this.#findings.listed,
      more: this.#findings.more,
    };
  }

  /** Why the record is not what its hash was made of; undefined where it is, or where the key is not known. */
  #contentTrouble(record: Json, link: TrailLink): string | undefined {
    const key = link.key === undefined ? undefined : this.#rules.keyOf(link.key);
    if (link.key !== undefined && key === undefined) {
      const { from, to } = this.#unchecked ?? { from: link.n, to: link.n };
      this.#unchecked = { from: Math.min(from, link.n), to: Math.max(to, link.n), key: link.key };
      return undefined;
    }
    try {
      const made = linkHash(record, key);
      return made === link.hash ? undefined : 'its hash does not fit what it says';
    } catch {
      // Nested deeper than the stack; nothing that the SDK writes is.
      return 'it is nested deeper than a record can be';
    }
  }

  #takeAgain(link: TrailLink, trouble: string | undefined, at: number): void {
    const before = this.#hashes.get(link.n);
    const same = before === undefined ? link.key !== undefined : before === fingerprint(link.hash);
    if (trouble === undefined && same) this.#duplicates += 1;
    else if (link.n === 0 && link.prev === FIRST_PREV && trouble === undefined) {
      this.#find('restarted', 0, at, 'a second chain begins under the same instance id');
    } else {
      const why = trouble ?? 'another record stands there';
      this.#find('forged', link.n, at, `position ${link.n} is taken a second time: ${why}`);
    }
  }

  #takeNew(
    { head }: TrailReading,
    link: TrailLink,
    trouble: string | undefined,
    { at, ordered }: { readonly at: number; readonly ordered: boolean },
  ): void {
    const { n } = link;
    if (trouble !== undefined) this.#find('changed', n, at, trouble);
    if (ordered && n < this.#seen.highest) {
      this.#find('reordered', n, at, `it stands behind position ${this.#seen.highest}`);
    }
    this.#seen.add(n);
    this.#records += 1;
    const { timestamp } = head;
    if (this.#first === '' || timestamp < this.#first) this.#first = timestamp;
    if (timestamp > this.#last) this.#last = timestamp;
    this.#checkLinks(link, trouble, at);
    this.#checkKey(link, at);
    const taken = this.#seqs.get(head.seq) !== undefined || this.#otherSeqs.has(head.seq);
    if (taken && trouble === undefined) this.#find('forged', n, at, seqTwice(head.seq));
    this.#seqs.set(head.seq, n);
  }

  /** Whether its neighbours, as far as they are there already, are the records that it and they name. */
  #checkLinks({ n, prev, hash }: TrailLink, trouble: string | undefined, at: number): void {
    const own = fingerprint(hash);
    const before = this.#hashes.get(n - 1);
    const behind = this.#prevs.get(n + 1);
    if (n === 0 ? prev !== FIRST_PREV : before !== undefined && before !== fingerprint(prev)) {
      this.#find(
        'changed',
        Math.max(n - 1, 0),
        at,
        `it is not the record that position ${n} names as before it`,
      );
    }
    if (behind !== undefined && behind !== own && trouble === undefined) {
      this.#find('changed', n, at, `it is not the record that position ${n + 1} names as before it`);
    }
    const { records = 0, hash: last = '' } = this.#end ?? {};
    if (records === n + 1 && last !== hash) {
      this.#find('changed', n, at, 'it is not the record that a rollup names as the last');
    }
    this.#hashes.set(n, own);
    this.#prevs.set(n, fingerprint(prev));
  }

  /** One key from some position on, and none before it. */
  #checkKey({ n, key }: TrailLink, at: number): void {
    if (key === undefined) {
      this.#lastUnkeyed = Math.max(this.#lastUnkeyed, n);
      if (n > this.#firstKeyed) this.#find('forged', n, at, 'it has no key, and records before it have one');
      return;
    }
    this.#firstKeyed = Math.min(this.#firstKeyed, n);
    if (n < this.#lastUnkeyed) this.#find('forged', n, at, 'it has a key, and records behind it have none');
    this.#key ??= key;
    if (key !== this.#key) this.#find('forged', n, at, 'its key is another than that of the other records');
  }

  /** What only the end of the input can tell. */
  #settle(): void {
    for (const [from, to] of this.#seen.missing()) {
      this.#findings.add({ problem: 'removed', from, to, detail: `${count(to - from + 1)} missing` });
    }
    const { highest } = this.#seen;
    const told = this.#end?.records ?? 0;
    if (told > highest + 1) {
      const [from, to] = [highest + 1, told - 1];
      const detail = `${count(to - from + 1)} missing at the end: a rollup counts ${told}`;
      this.#findings.add({ problem: 'truncated', from, to, detail });
    }
    if (this.#unlinked > 0) this.#settleUnlinked();
    if (this.#unchecked !== undefined) {
      const { from, to, key } = this.#unchecked;
      const detail = `made with key ${JSON.stringify(key)}, which was not given: changes would not show`;
      this.#findings.add({ problem: 'unchecked', from, to, detail });
    }
    if (this.#rules.keyed && this.#lastUnkeyed >= 0 && this.#firstKeyed === Number.POSITIVE_INFINITY) {
      const detail = 'chained without a key: whoever can write can also forge';
      this.#findings.add({ problem: 'unkeyed', from: 0, to: this.#lastUnkeyed, detail });
    }
  }

  #settleUnlinked(): void {
    const chains = this.#records > 0 || this.#end !== undefined;
    this.#findings.add({
      problem: chains ? 'forged' : 'unchained',
      at: this.#unlinkedAt,
      detail: chains
        ? `${count(this.#unlinked)} without a link, in an instance that links its records`
        : `${count(this.#unlinked)} without a link: nothing can be said about them`,
    });
  }

  #find(problem: TrailProblem, n: number | undefined, at: number, detail: string): void {
    this.#findings.add({ problem, ...(n === undefined ? {} : { from: n, to: n }), at, detail });
  }
}

function fingerprint(hash: string): string {
  return Buffer.from(hash.slice(0, FINGERPRINT_DIGITS), 'hex').toString('latin1');
}

function seqTwice(seq: number): string {
  return `sequence number ${seq} is taken a second time`;
}

function count(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}
