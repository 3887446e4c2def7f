/** All that one instance has counted since it began, and when it is time to say so. */
import type { Rollup } from '../wire/record.ts';
import { Counters } from './counters.ts';
import { LatencyCounts } from './latency-counts.ts';
import { RequestCounts } from './request-counts.ts';
import { SpaceSaving } from './space-saving.ts';

/** One ended invocation. */
export interface Served {
  readonly route: string;
  readonly status: number;
  readonly tenant: string;
  /** A request record is written. */
  readonly kept: boolean;
  readonly durationMs: number;
  /** The limiter refused it: no handler ran, so its duration is no latency. */
  readonly refused: boolean;
  /** Undefined where nobody is known, or another function counts the same request. */
  readonly principal: string | undefined;
}

const INTERVAL_MS = 1000;

export class RollupCounts {
  readonly #since: string;
  readonly #requests = new RequestCounts();
  readonly #latency = new LatencyCounts();
  readonly #counters = new Counters();
  readonly #principals = new SpaceSaving();
  #invocations = 0;
  #unwritten = false;
  #lastWrittenMs = Number.NEGATIVE_INFINITY;

  /** `since` in RFC 3339. */
  constructor(since: string) {
    this.#since = since;
  }

  served({ route, status, tenant, kept, durationMs, refused, principal }: Served): void {
    this.#invocations += 1;
    this.#unwritten = true;
    this.#requests.add({ route, status, tenant, kept });
    if (!refused) this.#latency.add(route, durationMs);
    if (principal !== undefined) this.#principals.add(tenant, principal, refused ? 'refused' : 'served');
  }

  /** False for what cannot be counted. */
  count(name: string, value: number, unit: string): boolean {
    const counted = this.#counters.add(name, value, unit);
    if (counted) this.#unwritten = true;
    return counted;
  }

  get unwritten(): boolean {
    return this.#unwritten;
  }

  /** True when a second has passed since invocations were last written; before the first one always. */
  due(nowMs: number): boolean {
    return this.#unwritten && nowMs - this.#lastWrittenMs >= INTERVAL_MS;
  }

  take(nowMs: number): Rollup {
    this.#unwritten = false;
    if (this.#invocations > 0) this.#lastWrittenMs = nowMs;
    return {
      since: this.#since,
      invocations: this.#invocations,
      requests: this.#requests.rows(),
      latency: this.#latency.rows(),
      counters: this.#counters.rows(),
      principals: this.#principals.takeChanged(),
    };
  }
}
