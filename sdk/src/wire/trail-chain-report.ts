/** What checking a trail found, for people and for programs. */

export type TrailProblem =
  /** A record is not what was written. */
  | 'changed'
  /** Records are missing in the chain. */
  | 'removed'
  /** The last records are missing: a rollup knows of more. */
  | 'truncated'
  /** A record stands behind one that was written after it; only ordered input can tell. */
  | 'reordered'
  /** A record that this instance did not write, or not with its key. */
  | 'forged'
  /** The instance's chain begins a second time. */
  | 'restarted'
  /** Records carry no link, in an instance without a chain. */
  | 'unchained'
  /** A key was given, and nothing made with one vouches for these records. */
  | 'unkeyed'
  /** The key that these records name was not given, so that a changed one would not show. */
  | 'unchecked'
  /** Opens like a record of ours and cannot be read. */
  | 'unreadable';

export interface TrailFinding {
  readonly problem: TrailProblem;
  /** First and last position concerned in the instance's chain; absent where there is none. */
  readonly from?: number;
  readonly to?: number;
  /** Where in the input it was noticed, counted from 1; absent where only the end of the input showed it. */
  readonly at?: number;
  readonly detail: string;
}

export interface InstanceReport {
  readonly instance: string;
  readonly service: string;
  readonly ok: boolean;
  /** Different trail records. */
  readonly records: number;
  /** Repetitions of a record, byte for byte the same: a delivery that came twice, and no fault. */
  readonly duplicates: number;
  /** Times of the earliest and the latest record, RFC 3339; empty where there is none. */
  readonly first: string;
  readonly last: string;
  /** Id of the key; absent where records are chained without one. */
  readonly key?: string;
  /** In the order in which they were noticed. */
  readonly findings: readonly TrailFinding[];
  /** Findings beyond those that are listed. */
  readonly more: number;
}

export interface TrailReport {
  /** Whether nothing at all was found. An input without a trail is ok: `records` says so. */
  readonly ok: boolean;
  /** Lines and documents that were read. */
  readonly read: number;
  /** Trail records of all instances, repetitions not counted. */
  readonly records: number;
  readonly instances: readonly InstanceReport[];
  /** Findings that no instance can be named for. */
  readonly unreadable: readonly TrailFinding[];
  readonly unreadableMore: number;
}

/** Findings of one instance that are listed; the rest is counted. */
const MAX_LISTED = 50;

/** A list of findings that an attacker cannot grow without bound. */
export class FindingList {
  readonly #listed: TrailFinding[] = [];
  more = 0;

  add(finding: TrailFinding): void {
    if (this.#listed.length < MAX_LISTED) this.#listed.push(finding);
    else this.more += 1;
  }

  get listed(): readonly TrailFinding[] {
    return this.#listed;
  }
}
