/**
 * Spends the tokens that all instances share, one bucket a capped client and route class: from memory where that
 * is certain, with one conditional write where it is not, and alone while the table does not answer.
 */
import { type BucketLimit, BucketState, type Taken } from './bucket-state.ts';
import {
  advance,
  type BucketTable,
  type BucketWrite,
  isIdle,
  replace,
  type StoredBucket,
} from './bucket-table.ts';
import { DynamoError, problemOf } from './dynamo-port.ts';
import { emptyAt, headroom, interval } from './gcra.ts';

export type { BucketLimit, Taken } from './bucket-state.ts';

export interface BucketBankOptions extends BucketTable {
  readonly random: () => number;
  readonly onProblem: (problem: Error) => void;
}

/** Writes that one answer may cost before it is refused as contended. */
const ATTEMPTS = 4;
/** Buckets remembered; the one least recently created is forgotten first, which costs it one write. */
const MOST_STATES = 10_000;
/** Ms without a try after the table did not answer, spread over as much again. */
const OUTAGE_MS = 500;
/** Ms without a try after the service throttled the bucket, spread over as much again. */
const THROTTLE_MS = 500;

export class BucketBank {
  readonly #options: BucketBankOptions;
  readonly #states = new Map<string, BucketState>();
  #outageUntil = 0;

  constructor(options: BucketBankOptions) {
    this.#options = options;
  }

  /** Epoch ms before which memory refuses, or undefined; spends nothing. */
  deniedUntil(key: string, limit: BucketLimit, now: number): number | undefined {
    return this.#state(key, limit, now).deniedUntil(now);
  }

  /** Spends one token, or says why not. */
  async take(key: string, limit: BucketLimit, now: number): Promise<Taken> {
    const state = this.#state(key, limit, now);
    state.countDemand();
    for (;;) {
      const known = state.fromMemory(now);
      if (known !== undefined) return known;
      if (now < this.#outageUntil) return state.alone(now);
      if (state.flight === undefined || this.#isDead(state, now)) return this.#launch(state, key, now);
      state.waiting++;
      const shared = await state.flight;
      state.waiting--;
      if (shared?.is === 'stale') return shared;
    }
  }

  /** Spends one token of this instance's own; epoch ms until which it has none, or undefined. */
  takeAlone(key: string, limit: BucketLimit, now: number): number | undefined {
    const taken = this.#state(key, limit, now).alone(now);
    return taken.is === 'denied' ? taken.until : undefined;
  }

  /** One answer that an instance was frozen in the middle of is not waited for. */
  #isDead(state: BucketState, now: number): boolean {
    return now - state.flightAt > this.#options.timeoutMs * (ATTEMPTS + 1) * 2;
  }

  async #launch(state: BucketState, key: string, now: number): Promise<Taken> {
    const flight = this.#write(state, key, state.limit, now).catch((error: unknown) => {
      const problem = problemOf(error);
      this.#options.onProblem(problem);
      const spread = 1 + this.#options.random();
      // A throttled key is a key over its limit; only silence is an outage.
      if (problem instanceof DynamoError && problem.throttled) {
        return state.denyFor(THROTTLE_MS * spread, now);
      }
      this.#outageUntil = now + OUTAGE_MS * spread;
      return state.alone(now);
    });
    state.flight = flight;
    state.flightAt = now;
    try {
      return await flight;
    } finally {
      if (state.flight === flight) state.flight = undefined;
    }
  }

  async #write(state: BucketState, key: string, limit: BucketLimit, now: number): Promise<Taken> {
    const micros = Math.round(now * 1000);
    let wanted = state.wanted(now);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { stored } = state;
      const plan = planWrite(stored, limit, micros, wanted);
      const latest = emptyAt(micros, limit);
      const version = limit.ver;
      const written: BucketWrite =
        plan.tat !== undefined && stored !== undefined
          ? await replace(this.#options, key, stored, { tat: plan.tat, latest, version })
          : await advance(this.#options, key, {
              now: micros,
              step: plan.tokens * interval(limit),
              latest,
              version,
            });
      if (written.is === 'written') {
        const { tat } = written;
        state.stored = { tat, capVersion: limit.ver, countedVersion: limit.ver };
        return plan.tokens > 0
          ? state.granted(plan.tokens, now, this.#options.random())
          : state.refused(now, this.#options.random());
      }
      state.stored = written.stored;
      if (written.stored === undefined) continue;
      if (written.stored.capVersion > limit.ver) return { is: 'stale' };
      if (written.stored.countedVersion !== limit.ver) continue;
      wanted = Math.min(wanted, headroom(written.stored.tat, micros, limit));
      if (wanted === 0) break;
    }
    return state.refused(now, this.#options.random());
  }

  #state(key: string, limit: BucketLimit, now: number): BucketState {
    const found = this.#states.get(key);
    if (found !== undefined) {
      found.adopt(limit);
      return found;
    }
    for (const oldest of this.#states.keys()) {
      if (this.#states.size < MOST_STATES) break;
      this.#states.delete(oldest);
    }
    const state = new BucketState(limit, now);
    this.#states.set(key, state);
    return state;
  }
}

interface WritePlan {
  readonly tokens: number;
  /** Arrival time to put in place of the stored one; undefined where it is advanced from what it is. */
  readonly tat?: number;
}

/**
 * An idle bucket is counted from now. One counted under other caps starts at most empty, so that a raised cap is not
 * held back by a debt that the lower one ran up.
 */
function planWrite(
  stored: StoredBucket | undefined,
  limit: BucketLimit,
  now: number,
  wanted: number,
): WritePlan {
  if (stored === undefined) return { tokens: wanted };
  if (stored.countedVersion === limit.ver && !isIdle(stored.tat, now)) return { tokens: wanted };
  const from = Math.min(Math.max(stored.tat, now), emptyAt(now, limit));
  const tokens = Math.min(wanted, headroom(from, now, limit));
  return { tokens, tat: from + tokens * interval(limit) };
}
