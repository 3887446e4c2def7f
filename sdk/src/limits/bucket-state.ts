/** What one instance remembers of one shared bucket, and what it can answer from that alone. */
import type { StoredBucket } from './bucket-table.ts';
import { admitsFrom, emptyAt, headroom, interval, type Rate, wholeBurst } from './gcra.ts';

/** A rate and the version of the caps that it comes from. */
export interface BucketLimit extends Rate {
  readonly ver: number;
}

/** `until` is the epoch ms before which nothing more is admitted. */
export type Taken =
  | { readonly is: 'granted' }
  | { readonly is: 'denied'; readonly until: number }
  /** The bucket knows of newer caps than the caller. */
  | { readonly is: 'stale' };

/** Ms for which tokens that were taken ahead may be spent; then they are lost, on the safe side. */
export const LEASE_MS = 1000;
/** Part of the rate over a lease's life that one instance may take ahead. */
const LEASE_SHARE = 0.25;
/** Part of its own demand that an instance takes ahead, so that most of it is spent. */
const LEASE_FILL = 0.6;

const GRANTED: Taken = { is: 'granted' };

export class BucketState {
  limit: BucketLimit;
  stored: StoredBucket | undefined;
  /** Answers under way; whoever comes meanwhile waits for the same one. */
  flight: Promise<Taken | undefined> | undefined;
  flightAt = 0;
  waiting = 0;
  #tokens = 0;
  #tokensUntil = 0;
  #tryAt = 0;
  /** Rises with each refused write and falls by half as much with each granted one, so that two of three succeed. */
  #contention = 0;
  #demand = 0;
  #demandSince: number;
  /** Arrival time of what the instance admitted alone while the table did not answer, microseconds. */
  #alone = 0;

  constructor(limit: BucketLimit, now: number) {
    this.limit = limit;
    this.#demandSince = now;
  }

  /** Forgets what was granted or refused under another rate or version. */
  adopt(limit: BucketLimit): void {
    const { ver, rate, burst } = this.limit;
    if (limit.ver === ver && limit.rate === rate && limit.burst === burst) return;
    this.limit = limit;
    this.#tokens = 0;
    this.#tryAt = 0;
    this.#contention = 0;
  }

  countDemand(): void {
    this.#demand++;
  }

  /** Epoch ms before which memory refuses; undefined where it has tokens or does not know. */
  deniedUntil(now: number): number | undefined {
    if (this.#hasTokens(now)) return undefined;
    if (now < this.#tryAt) return this.#tryAt;
    if (this.stored === undefined || this.stored.countedVersion !== this.limit.ver) return undefined;
    // Others only take from the bucket, so what it last showed refuses for certain.
    const until = admitsFrom(this.stored.tat, this.limit) / 1000;
    return now < until ? until : undefined;
  }

  fromMemory(now: number): Taken | undefined {
    if (this.#hasTokens(now)) {
      this.#tokens--;
      return GRANTED;
    }
    const until = this.deniedUntil(now);
    return until === undefined ? undefined : { is: 'denied', until };
  }

  /** Tokens to ask for: those waited for, or most of what the next lease will see. */
  wanted(now: number): number {
    const elapsedMs = Math.max(now - this.#demandSince, 1);
    const ahead = Math.round((this.#demand / elapsedMs) * LEASE_MS * LEASE_FILL);
    const share = Math.max(1, Math.floor((this.limit.rate * LEASE_MS * LEASE_SHARE) / 1000));
    this.#demand = 0;
    this.#demandSince = now;
    return Math.min(Math.max(1, this.waiting, ahead), share, wholeBurst(this.limit));
  }

  granted(tokens: number, now: number, random: number): Taken {
    this.#tokens = tokens - 1;
    this.#tokensUntil = now + LEASE_MS;
    this.#contention = Math.max(0, this.#contention - 0.5);
    if (this.#contention > 0) this.#tryAt = now + random * this.#spread();
    return GRANTED;
  }

  /** Waits until the bucket admits again, and longer the more often others were quicker. */
  refused(now: number, random: number): Taken {
    this.#contention = Math.min(this.#contention + 1, 20);
    const admits = this.stored === undefined ? now : admitsFrom(this.stored.tat, this.limit) / 1000;
    return this.denyFor(Math.max(admits, now) - now + 1 + random * this.#spread(), now);
  }

  /** Ms over which instances that compete for one bucket spread their tries. */
  #spread(): number {
    return Math.min(LEASE_MS, (interval(this.limit) / 1000) * 2 ** this.#contention);
  }

  denyFor(ms: number, now: number): Taken {
    this.#tryAt = now + ms;
    return { is: 'denied', until: this.#tryAt };
  }

  /** Decides without the table: this instance alone keeps to the rate. */
  alone(now: number): Taken {
    const micros = Math.round(now * 1000);
    const shown = this.stored?.countedVersion === this.limit.ver ? this.stored.tat : 0;
    const tat = Math.min(Math.max(this.#alone, shown, micros), emptyAt(micros, this.limit));
    if (headroom(tat, micros, this.limit) < 1) {
      return { is: 'denied', until: admitsFrom(tat, this.limit) / 1000 };
    }
    this.#alone = tat + interval(this.limit);
    return GRANTED;
  }

  #hasTokens(now: number): boolean {
    return this.#tokens > 0 && now < this.#tokensUntil;
  }
}
