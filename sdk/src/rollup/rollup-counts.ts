/** All that one instance has counted since it began, and when it is time to say so. */
import type { Rollup } from '../wire/record.ts';
import { Counters } from './counters.ts';
import { Distributions } from './distributions.ts';
import { LatencyCounts } from './latency-counts.ts';
import { type CountedRequest, RequestCounts } from './request-counts.ts';
import { SpaceSaving } from './space-saving.ts';

/** One ended invocation. */
export interface Served extends CountedRequest {
  readonly durationMs: number;
  /** The limiter refused it: no handler ran, so its duration is no latency. */
  readonly refused: boolean;
  /** Undefined where nobody is known, or another function counts the same request. */
  readonly principal: string | undefined;
}

/** What others of the instance have counted, to be written with it; both since the instance began. */
export interface CountedBeside {
  readonly held?: Rollup['held'] | undefined;
  readonly chain?: Rollup['chain'] | undefined;
}

const INTERVAL_MS = 1000;
/** Counts that a killed instance may take with it before the interval is over. */
const MOST_UNWRITTEN = 5000;

export class RollupCounts {
  readonly #since: string;
  readonly #requests = new RequestCounts();
  readonly #latency = new LatencyCounts();
  readonly #counters = new Counters();
  readonly #distributions = new Distributions();
  readonly #principals = new SpaceSaving();
  #invocations = 0;
  /** Calls that counted something since the last rollup. */
  #unwritten = 0;
  #lastWrittenMs = -Infinity;

  /** `since` in RFC 3339. */
  constructor(since: string) {
    this.#since = since;
  }

  served(served: Served): void {
    const { route, tenant, durationMs, refused, principal } = served;
    this.#invocations += 1;
    this.#unwritten += 1;
    this.#requests.add(served);
    if (!refused) this.#latency.add(route, durationMs);
    if (principal !== undefined) this.#principals.add(tenant, principal, refused ? 'refused' : 'served');
  }

  /** False for what cannot be counted. */
  count(name: string, value: number, unit: string): boolean {
    return this.#noted(this.#counters.add(name, value, unit));
  }

  /** False for what cannot be taken. */
  distribution(name: string, value: number, unit: string): boolean {
    return this.#noted(this.#distributions.add(name, value, unit));
  }

  get unwritten(): boolean {
    return this.#unwritten > 0;
  }

  /**
   * True when a second has passed since invocations were last written, before the first one always, and when
   * much was counted since.
   */
  due(nowMs: number): boolean {
    if (this.#unwritten === 0) return false;
    return nowMs - this.#lastWrittenMs >= INTERVAL_MS || this.#unwritten >= MOST_UNWRITTEN;
  }

  /** Everything that is counted, as what is now written. */
  take(nowMs: number, { held, chain }: CountedBeside = {}): Rollup {
    this.#unwritten = 0;
    if (this.#invocations > 0) this.#lastWrittenMs = nowMs;
    const distributions = this.#distributions.take();
    return {
      since: this.#since,
      invocations: this.#invocations,
      requests: this.#requests.rows(),
      latency: this.#latency.rows(),
      counters: this.#counters.rows(),
      principals: this.#principals.takeChanged(),
      ...(distributions.length > 0 && { distributions }),
      ...(held !== undefined && held.lines > 0 && { held }),
      ...(chain && { chain }),
    };
  }

  #noted(counted: boolean): boolean {
    if (counted) this.#unwritten += 1;
    return counted;
  }
}
